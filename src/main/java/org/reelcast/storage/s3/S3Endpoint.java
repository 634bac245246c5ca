package org.reelcast.storage.s3;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a store is reached.
 *
 * @param https whether TLS is spoken
 * @param host  a name or an IPv4 address in digits, in lower case
 * @param port  never 0
 */
public record S3Endpoint(boolean https, String host, int port) {
    /** No IPv6 addresses in digits: the SDK does not take them. Names that lead to such are fine. */
    private static final Pattern ADDRESS =
            Pattern.compile("(?i)(https?)://([a-z0-9](?:[a-z0-9.-]*[a-z0-9])?)(:\\d{1,5})?");

    private static final String REGION = "[a-z]{2,3}(?:-[a-z]+)+-\\d{1,2}";
    /**
     * The names under which AWS serves S3, and no other names of Amazon's: load balancers and virtual machines of
     * anybody are under amazonaws.com too.
     */
    private static final Pattern AWS = Pattern.compile("(?:(?<bucket>[a-z0-9][a-z0-9.-]*)\\.)?"
            + "(?:s3(?:-fips)?(?:\\.dualstack)?\\.(?<region>" + REGION + ")|s3-(?<old>" + REGION + ")"
            + "|s3|s3-accelerate(?:\\.dualstack)?)\\.amazonaws\\.com(?:\\.cn)?");

    private static final Pattern LABEL = Pattern.compile("[a-z0-9][a-z0-9-]{1,61}[a-z0-9]");
    private static final Pattern DIGITS = Pattern.compile("[0-9.]+");

    public S3Endpoint {
        host = host.toLowerCase(Locale.ROOT);
    }

    /** AWS's own endpoint of a region. */
    public static S3Endpoint aws(String region) {
        return new S3Endpoint(true, "s3." + region + ".amazonaws.com" + (region.startsWith("cn-") ? ".cn" : ""), 443);
    }

    /**
     * @param address {@code http(s)://host} or {@code http(s)://host:port}
     * @return empty when it is none
     */
    static Optional<S3Endpoint> parse(String address) {
        Matcher parts = ADDRESS.matcher(address);
        if (!parts.matches()) {
            return Optional.empty();
        }
        boolean https = parts.group(1).equalsIgnoreCase("https");
        int port = parts.group(3) == null
                ? https ? 443 : 80
                : Integer.parseInt(parts.group(3).substring(1));
        S3Endpoint endpoint = new S3Endpoint(https, parts.group(2), port);
        boolean valid = port > 0 && port <= 65_535 && endpoint.uri().getHost() != null;
        return valid ? Optional.of(endpoint) : Optional.empty();
    }

    /** Whether this is AWS's S3. */
    public boolean isAws() {
        return AWS.matcher(host).matches();
    }

    /** The region that an endpoint of AWS's names, if it names one. */
    public Optional<String> awsRegion() {
        Matcher name = AWS.matcher(host);
        if (!name.matches()) {
            return Optional.empty();
        }
        return Optional.ofNullable(name.group("region")).or(() -> Optional.ofNullable(name.group("old")));
    }

    /** The bucket that an endpoint of AWS's names in front, if it names one. */
    public Optional<String> awsBucket() {
        Matcher name = AWS.matcher(host);
        return name.matches() ? Optional.ofNullable(name.group("bucket")) : Optional.empty();
    }

    /** The same without the bucket in front. */
    S3Endpoint withoutBucket() {
        return awsBucket()
                .map(bucket -> new S3Endpoint(https, host.substring(bucket.length() + 1), port))
                .orElse(this);
    }

    /**
     * The host that is asked for a bucket when it is named in front of the host (virtual-host style). Buckets that
     * cannot be named so, or have no certificate as such, are asked for by path.
     */
    String hostOf(String bucket) {
        boolean nameable =
                LABEL.matcher(bucket).matches() && !DIGITS.matcher(host).matches();
        return nameable ? bucket + "." + host : host;
    }

    private boolean hasOwnPort() {
        return port != (https ? 443 : 80);
    }

    /** Host and port as they are written. */
    String authority() {
        return hasOwnPort() ? host + ":" + port : host;
    }

    URI uri() {
        return URI.create(toString());
    }

    @Override
    public String toString() {
        return (https ? "https://" : "http://") + authority();
    }
}
