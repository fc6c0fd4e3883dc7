package eiponlaunch.preflight.read;

import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/** Refuses to send a request that is not a dry run. */
final class OnlyDryRuns implements ExecutionInterceptor {
    @Override
    public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
        if (!context.request().getValueForField("DryRun", Boolean.class).orElse(false)) {
            throw new IllegalStateException("no dry run: " + context.request());
        }
    }
}
