package io.spotplane.simulator.ec2;

/** EC2 says no. */
final class Ec2Refusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;

    Ec2Refusal(int status, String code, String message) {
        super(message, null, false, false);
        this.status = status;
        this.code = code;
    }

    static Ec2Refusal client(String code, String message) {
        return new Ec2Refusal(400, code, message);
    }

    int status() {
        return status;
    }

    String code() {
        return code;
    }
}
