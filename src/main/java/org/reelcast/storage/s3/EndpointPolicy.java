package org.reelcast.storage.s3;

import static org.reelcast.refusal.StatusText.FAILED_TO_READ_FILE;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.reelcast.refusal.Refusal;

/**
 * Which stores a viewer may name. AWS's own and those of {@code s3_endpoint} and {@code s3_allowed_endpoints} are
 * trusted by name; any other is talked to at public addresses only, which {@link GuardedChannel} sees to when it
 * connects, or not at all.
 */
final class EndpointPolicy {
    private final List<Pattern> allowed = new ArrayList<>();
    private final boolean onlyAllowed;
    private final Optional<S3Endpoint> own;

    /**
     * @param own         {@code s3_endpoint}
     * @param allowed     comma-separated globs ({@code *} and {@code ?}) of host or host:port, in any case
     * @param onlyAllowed whether all others are refused
     */
    EndpointPolicy(Optional<S3Endpoint> own, String allowed, boolean onlyAllowed) {
        this.own = own;
        for (String glob : allowed.split(",")) {
            if (!glob.isBlank()) {
                this.allowed.add(pattern(glob.trim().toLowerCase(Locale.ROOT)));
            }
        }
        this.onlyAllowed = onlyAllowed;
    }

    private static Pattern pattern(String glob) {
        StringBuilder regex = new StringBuilder();
        for (char c : glob.toCharArray()) {
            regex.append(c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(String.valueOf(c)));
        }
        return Pattern.compile(regex.toString());
    }

    /** Whether the endpoint is trusted by its name. */
    boolean trusts(S3Endpoint endpoint) {
        if (endpoint.isAws() || own.isPresent() && own.get().equals(endpoint)) {
            return true;
        }
        return allowed.stream()
                .anyMatch(glob -> glob.matcher(endpoint.host()).matches()
                        || glob.matcher(endpoint.host() + ":" + endpoint.port()).matches());
    }

    /** @throws Refusal when nobody may name this endpoint */
    void check(S3Endpoint endpoint) throws Refusal {
        if (onlyAllowed && !trusts(endpoint)) {
            throw new Refusal(
                    FAILED_TO_READ_FILE,
                    "S3 store " + endpoint + " is not on s3_allowed_endpoints, and "
                            + "s3_only_allowed_endpoints=true closes all others; add " + endpoint.authority()
                            + " to allow it");
        }
    }
}
