package eiponlaunch.preflight.facts;

/** How bad a finding is. */
public enum Status {
    ok("ok"),
    /** Launches work, but not always or not as meant. */
    warning("warning"),
    /** Launches fail, or addresses are never given back early. */
    failed("failed"),
    /** Nobody knows: it could not be looked at, or what it depends on is missing. */
    notChecked("not checked");

    private final String words;

    Status(String words) {
        this.words = words;
    }

    /** For a reader. */
    public String words() {
        return words;
    }
}
