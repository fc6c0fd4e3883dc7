package eiponlaunch.preflight.read;

import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/** Lets nothing leave that is no dry run, whatever the request's author forgot. */
final class OnlyDryRuns implements ExecutionInterceptor {
    @Override
    public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
        if (!context.request().getValueForField("DryRun", Boolean.class).orElse(false)) {
            throw new IllegalStateException("no dry run: " + context.request());
        }
    }
}
