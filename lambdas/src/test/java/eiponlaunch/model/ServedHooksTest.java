package eiponlaunch.model;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eiponlaunch.failure.HookNotServedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServedHooksTest {
    private final LifecycleAction action =
            new LifecycleAction("forward-proxy", "associate-eip", null, "i-01234567", null);

    @ParameterizedTest
    @ValueSource(strings = {"associate-eip", "drain,associate-eip", "drain, associate-eip"})
    void servesTheHooksThatAreNamed(String names) {
        assertThatCode(() -> new ServedHooks(names).require(action)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "drain", "associate-eip-2", "associate", "Associate-eip"})
    void servesNoOther(String names) {
        assertThatThrownBy(() -> new ServedHooks(names).require(action))
                .isInstanceOf(HookNotServedException.class)
                .hasMessageContainingAll("associate-eip", "forward-proxy", names);
    }

    /** An execution that started before the update has a definition that names none. */
    @Test
    void servesEveryHookForADefinitionThatNamesNone() {
        assertThatCode(() -> new ServedHooks(null).require(action)).doesNotThrowAnyException();
    }
}
