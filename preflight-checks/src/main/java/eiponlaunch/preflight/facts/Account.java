package eiponlaunch.preflight.facts;

/**
 * Where is looked.
 *
 * @param id the account's twelve digits
 * @param partition {@code aws}, {@code aws-cn}, …
 * @param region the Region
 */
public record Account(String id, String partition, String region) {
    /** The ARN of something of this account and Region. */
    public String arn(String service, String resource) {
        return "arn:" + partition + ":" + service + ":" + region + ":" + id + ":" + resource;
    }

    /** The ARN of a role without a path. */
    public String roleArn(String name) {
        return "arn:" + partition + ":iam::" + id + ":role/" + name;
    }
}
