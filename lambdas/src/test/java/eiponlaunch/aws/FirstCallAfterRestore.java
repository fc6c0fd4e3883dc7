package eiponlaunch.aws;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;

/** A function as it lives with SnapStart, in a process of its own: made, primed, restored, and called once. */
final class FirstCallAfterRestore {
    /** Loaded when the priming is over. */
    static final class Restored {}

    private FirstCallAfterRestore() {}

    /** @param arguments the handler, and its input */
    public static void main(String[] arguments) throws Exception {
        var aws = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        aws.createContext("/", FirstCallAfterRestore::answer);
        aws.start();
        try {
            run("http://127.0.0.1:" + aws.getAddress().getPort(), arguments[0], arguments[1]);
        } finally {
            aws.stop(0); // its thread would keep the process alive
        }
    }

    private static void run(String aws, String handlerName, String inputName)
            throws ReflectiveOperationException, IOException {
        Map.of(
                        "aws.endpointUrl", aws,
                        "aws.region", "us-east-1",
                        "aws.accessKeyId", "test",
                        "aws.secretAccessKey", "test")
                .forEach(System::setProperty);
        var handler = (RequestHandler<?, ?>)
                Class.forName(handlerName).getConstructor().newInstance();
        Priming.REGISTERED.forEach(priming -> priming.beforeCheckpoint(null));

        System.out.println(new Restored().getClass().getSimpleName());

        call(handler, Class.forName(inputName));
    }

    @SuppressWarnings("unchecked")
    private static <I> void call(RequestHandler<?, ?> handler, Class<I> input) throws IOException {
        var json = new TaskJson();
        try (var sample = Rehearsal.sample(input)) {
            var output = ((RequestHandler<I, ?>) handler).handleRequest(json.fromJson(sample, input), null);
            json.toJson(output, OutputStream.nullOutputStream(), Object.class);
        }
    }

    private static void answer(HttpExchange exchange) throws IOException {
        var form = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
        try (var file = CannedHttpClient.answer(form);
                exchange) {
            var answer = file.readAllBytes();
            exchange.getResponseHeaders().set("Content-Type", "text/xml");
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
        }
    }
}
