package eiponlaunch.aws;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.crac.Context;
import org.crac.Core;
import org.crac.Resource;

/**
 * Work done once before SnapStart takes its snapshot of an execution environment, so that the classes which the first
 * call needs are in the snapshot. Outside SnapStart nothing is done. Work that fails costs time later and nothing else:
 * it never fails the function.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/snapstart-runtime-hooks-java.html">Runtime hooks for
 *     Java</a>
 */
final class Priming implements Resource {
    /** The context itself only holds its resources weakly. */
    static final List<Priming> REGISTERED = new CopyOnWriteArrayList<>();

    private final Runnable work;

    Priming(Runnable work) {
        this.work = work;
    }

    static void beforeSnapshot(Runnable work) {
        var priming = new Priming(work);
        REGISTERED.add(priming);
        Core.getGlobalContext().register(priming);
    }

    @Override
    public void beforeCheckpoint(Context<? extends Resource> context) {
        try {
            work.run();
        } catch (RuntimeException | LinkageError e) {
            System.err.println("Priming failed; the first call after a restore takes longer: " + e);
        }
    }

    @Override
    public void afterRestore(Context<? extends Resource> context) {}
}
