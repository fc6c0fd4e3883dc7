package eiponlaunch.preflight.check;

import static eiponlaunch.preflight.check.FindingAssert.assertFinding;

import eiponlaunch.preflight.facts.Fix;
import eiponlaunch.preflight.facts.Lookup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StackDeployedTest {
    private final Sample sample = new Sample();
    private final StackDeployed check = new StackDeployed();

    @ParameterizedTest
    @ValueSource(strings = {"CREATE_COMPLETE", "UPDATE_COMPLETE", "UPDATE_ROLLBACK_COMPLETE"})
    void acceptsAStackThatIsWhole(String status) {
        sample.stackStatus = status;

        assertFinding(sample.judgedBy(check)).isOk();
    }

    @ParameterizedTest
    @ValueSource(strings = {"CREATE_IN_PROGRESS", "UPDATE_IN_PROGRESS"})
    void warnsOfAStackThatIsBeingDeployed(String status) {
        sample.stackStatus = status;

        assertFinding(sample.judgedBy(check)).warns(status).andAdvises("wait");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ROLLBACK_COMPLETE", "DELETE_IN_PROGRESS", "DELETE_FAILED", "UPDATE_ROLLBACK_FAILED"})
    void failsOnAStackThatIsBroken(String status) {
        sample.stackStatus = status;

        assertFinding(sample.judgedBy(check)).failed(status).andAdvises("sam deploy");
    }

    @Test
    void failsWithoutAStack() {
        sample.stack = Lookup.missing("there is no stack x", Fix.of("deploy the stack: sam deploy, or give --stack"));

        assertFinding(sample.judgedBy(check)).failed("no stack x").andAdvises("--stack");
    }
}
