package eiponlaunch.aws;

import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProviderChain;
import software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider;
import software.amazon.awssdk.auth.credentials.SystemPropertyCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.ec2.Ec2Client;

/**
 * The clients of the functions, built once per execution environment. They never retry: the state machine makes every
 * retry. There it is visible, spread by jitter, and ends at the deadline. No function sleeps while it is billed.
 */
public final class AwsClients {
    /** Well below the functions' own timeout, so that a lost response is reported by us and not by a killed function. */
    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(6);

    /**
     * One for all clients, because each HTTP client sets up TLS for itself. The timeout of a call cannot end the read of a body that
     * has begun, so the connection ends one that brings nothing for as long.
     */
    private static final SdkHttpClient HTTP =
            UrlConnectionHttpClient.builder().socketTimeout(CALL_TIMEOUT).build();

    private AwsClients() {}

    public static Ec2Client ec2() {
        return ofLambda(Ec2Client.builder(), withoutRetries());
    }

    public static AutoScalingClient autoScaling() {
        return ofLambda(AutoScalingClient.builder(), withoutRetries().addExecutionInterceptor(new ResultRequired()));
    }

    private static <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C ofLambda(
            B builder, ClientOverrideConfiguration.Builder configuration) {
        return builder.overrideConfiguration(configuration.build())
                .credentialsProvider(credentials())
                .httpClient(HTTP)
                .build();
    }

    /** Where Lambda puts a function's credentials. The SDK's default chain asks more places, which adds to a cold start. */
    private static AwsCredentialsProvider credentials() {
        return AwsCredentialsProviderChain.of(
                EnvironmentVariableCredentialsProvider.create(), SystemPropertyCredentialsProvider.create());
    }

    private static ClientOverrideConfiguration.Builder withoutRetries() {
        return ClientOverrideConfiguration.builder()
                .retryStrategy(AwsRetryStrategy.doNotRetry())
                .apiCallTimeout(CALL_TIMEOUT);
    }
}
