package eiponlaunch.preflight.facts;

/**
 * The account and Region that are checked, and the caller.
 *
 * @param id the account's twelve digits
 * @param partition {@code aws}, {@code aws-cn}, …
 * @param region the Region
 * @param caller the ARN of the user or session that looks
 */
public record Account(String id, String partition, String region, String caller) {
    /** Whether the caller is a session of the role. */
    public boolean isSessionOf(String role) {
        return caller.startsWith("arn:" + partition + ":sts::" + id + ":assumed-role/" + role + "/");
    }

    /** The ARN of something of this account and Region. */
    public String arn(String service, String resource) {
        return "arn:" + partition + ":" + service + ":" + region + ":" + id + ":" + resource;
    }

    /** The ARN of a role without a path. */
    public String roleArn(String name) {
        return "arn:" + partition + ":iam::" + id + ":role/" + name;
    }
}
