package io.spotplane.simulator.ec2;

import java.util.List;

/**
 * One page of a list; the token is the position of the next.
 *
 * @param nextToken empty on the last page
 */
record Page<T>(List<T> items, String nextToken) {

    static <T> Page<T> of(List<T> all, Form form, int largest) {
        int from = form.get("NextToken")
                .filter(token -> !token.isEmpty())
                .map(Page::position)
                .orElse(0);
        int size = Math.min(form.get("MaxResults").map(Integer::parseInt).orElse(largest), largest);
        int to = Math.min(all.size(), from + size);
        if (from > all.size()) {
            throw Ec2Refusal.client("InvalidNextToken", "The token is no longer valid");
        }
        return new Page<>(all.subList(from, to), to < all.size() ? "page-" + to : "");
    }

    private static int position(String token) {
        try {
            return Integer.parseInt(token.substring("page-".length()));
        } catch (IndexOutOfBoundsException | NumberFormatException e) {
            throw Ec2Refusal.client("InvalidNextToken", "The token '" + token + "' is not valid");
        }
    }
}
