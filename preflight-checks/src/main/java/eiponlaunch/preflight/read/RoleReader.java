package eiponlaunch.preflight.read;

import eiponlaunch.preflight.facts.Account;
import eiponlaunch.preflight.facts.Fix;
import eiponlaunch.preflight.facts.Lookup;
import eiponlaunch.preflight.facts.Permission;
import eiponlaunch.preflight.facts.Stack;
import java.util.List;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.ContextEntry;
import software.amazon.awssdk.services.iam.model.ContextKeyTypeEnum;
import software.amazon.awssdk.services.iam.model.NoSuchEntityException;

/**
 * What the stack's roles allow, as IAM's policy simulator says it. Each question is asked by itself, as the tags of
 * a resource would otherwise count for the others too. The user who runs preflight needs none of these permissions for it.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulatePrincipalPolicy.html">SimulatePrincipalPolicy</a>
 */
record RoleReader(IamClient iam, Account account) {
    Lookup<List<Permission>> permissions(Stack stack, List<Question> questions) {
        return Lookup.each(
                questions,
                question -> stack.resource(question.caller() + "Role").then(role -> ask(role, question)));
    }

    private Lookup<Permission> ask(String role, Question question) {
        return Call.of("iam:SimulatePrincipalPolicy", () -> {
            try {
                var results = iam.simulatePrincipalPolicy(request -> request.policySourceArn(account.roleArn(role))
                                .actionNames(question.action())
                                .resourceArns(question.resource())
                                .contextEntries(context(question)))
                        .evaluationResults();
                return results.isEmpty()
                        ? Lookup.noAnswer("iam:SimulatePrincipalPolicy", "nothing")
                        : Lookup.of(new Permission(
                                question.caller(),
                                question.action(),
                                question.resource(),
                                results.get(0).evalDecisionAsString()));
            } catch (NoSuchEntityException e) {
                return Lookup.missing(
                        "the stack's role " + role + " is gone", Fix.run("deploy the stack again", "sam deploy"));
            }
        });
    }

    private static List<ContextEntry> context(Question question) {
        return question.tags().entrySet().stream()
                .map(tag -> ContextEntry.builder()
                        .contextKeyName("aws:ResourceTag/" + tag.getKey())
                        .contextKeyType(ContextKeyTypeEnum.STRING)
                        .contextKeyValues(tag.getValue())
                        .build())
                .toList();
    }
}
