// Evaluates expressions with the reference implementation of JSONata, found in the folder $EMULATORS_JSONATA.
// One line of JSON each: {expression, variables, chances} comes in; {value}, {} for nothing, or {problem} goes out.
const crypto = require('crypto');
const jsonata = require(require.resolve('jsonata', { paths: [process.env.EMULATORS_JSONATA] }));

// What Step Functions adds to JSONata.
const hash = (text, algorithm) => crypto.createHash(algorithm.replace('-', '')).update(text).digest('hex');

async function evaluate({ expression, variables, chances }) {
  try {
    const bindings = { ...variables, hash };
    for (const [name, answers] of Object.entries(chances)) {
      bindings[name] = () => answers.shift();
    }
    return { value: await jsonata(expression).evaluate(undefined, bindings) };
  } catch (error) {
    return { problem: error.message };
  }
}

(async () => {
  for await (const line of require('readline').createInterface({ input: process.stdin })) {
    console.log(JSON.stringify(await evaluate(JSON.parse(line))));
  }
})();
