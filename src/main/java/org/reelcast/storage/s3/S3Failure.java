package org.reelcast.storage.s3;

import io.netty.handler.timeout.TimeoutException;
import java.io.IOException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.util.concurrent.CompletionException;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.reelcast.refusal.Refusal;
import org.reelcast.refusal.StatusText;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/**
 * What went wrong with a request, in a sentence for the log that says what to do. Of what a store says only its error
 * code is repeated, so neither keys nor a stranger's text reach the log.
 *
 * @param kind what follows from it
 */
record S3Failure(Kind kind, String sentence, Throwable cause) {
    private static final Pattern CODE = Pattern.compile("[A-Za-z0-9.]{1,64}");
    private static final Pattern REGION = Pattern.compile("[a-z0-9-]{1,32}");
    private static final int MAX_CAUSES = 10;

    /** What follows from a failure. */
    enum Kind {
        /** There is no such object. */
        NOT_FOUND,
        /** It will not be given. */
        DENIED,
        /** It is not the object any more that it was. */
        CHANGED,
        /** It may go better another time. */
        PASSING
    }

    static S3Failure of(Throwable error, S3Location location, S3Store store) {
        Throwable cause = error;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause instanceof AwsServiceException answer
                ? answered(answer, location, store)
                : unanswered(cause, location, store);
    }

    private static S3Failure answered(AwsServiceException e, S3Location location, S3Store store) {
        int status = e.statusCode();
        String code = e.awsErrorDetails() == null
                        || e.awsErrorDetails().errorCode() == null
                        || !CODE.matcher(e.awsErrorDetails().errorCode()).matches()
                ? ""
                : e.awsErrorDetails().errorCode();
        String answer = location + ": " + store.endpoint() + " answers " + status + (code.isEmpty() ? "" : " " + code);
        if (status == 404) {
            return new S3Failure(
                    Kind.NOT_FOUND,
                    answer + ": "
                            + (code.equals("NoSuchBucket")
                                    ? "it has no bucket " + location.bucket()
                                    : "bucket " + location.bucket() + " has no such object"),
                    e);
        }
        if (status == 412) {
            return changed(location);
        }
        if (status >= 500
                || status == 429
                || status == 408
                || code.equals("RequestTimeout")
                || code.equals("SlowDown")) {
            return new S3Failure(Kind.PASSING, answer, e);
        }
        return new S3Failure(Kind.DENIED, answer + ": " + advice(status, code, e), e);
    }

    private static String advice(int status, String code, AwsServiceException e) {
        switch (code) {
            case "SignatureDoesNotMatch":
                return "the secret key (hash) in aws_s3_credentials=zone;login;hash is wrong, or the store expects "
                        + "another region (zone) or host name";
            case "InvalidAccessKeyId":
                return "the store does not know the access key (login) in aws_s3_credentials=zone;login;hash";
            case "RequestTimeTooSkewed":
                return "the clock of this machine is wrong; set it by NTP";
            case "ExpiredToken", "InvalidToken", "TokenRefreshRequired":
                return "the session that the environment gave has expired; renew it";
            case "AuthorizationHeaderMalformed", "IllegalLocationConstraintException", "PermanentRedirect":
                return wrongRegion(e);
            default:
                break;
        }
        if (status == 301) {
            return wrongRegion(e);
        }
        if (status >= 300 && status < 400) {
            return "it sends us elsewhere, where we do not go; name the other host in the stream's name";
        }
        if (status == 401 || status == 403) {
            return "access denied; the credentials (aws_s3_credentials, else the environment's; for AWS and "
                    + "s3_allowed_endpoints alone, else none) need s3:GetObject on it, or it must be public, or it does not exist and they may not list the bucket";
        }
        return "it does not take the request";
    }

    private static String wrongRegion(AwsServiceException e) {
        String region = e.awsErrorDetails() == null || e.awsErrorDetails().sdkHttpResponse() == null
                ? ""
                : e.awsErrorDetails()
                        .sdkHttpResponse()
                        .firstMatchingHeader("x-amz-bucket-region")
                        .orElse("");
        return "wrong region; set the zone in aws_s3_credentials=zone;login;hash to the bucket's region"
                + (REGION.matcher(region).matches() ? ", " + region : "");
    }

    private static S3Failure unanswered(Throwable error, S3Location location, S3Store store) {
        String where = location + ": " + store.endpoint() + " ";
        Throwable cause = error;
        for (int i = 0; i < MAX_CAUSES && cause != null; i++) {
            if (cause instanceof ChangedException) {
                return changed(location);
            }
            if (cause instanceof GuardedChannel.RefusedException) {
                return new S3Failure(
                        Kind.DENIED,
                        where + "is not at a public address; if it is a store of yours, add "
                                + store.endpoint().authority() + " to s3_allowed_endpoints",
                        error);
            }
            if (cause instanceof UnknownHostException) {
                return new S3Failure(
                        Kind.PASSING,
                        where + "is not known to the name server; is the host name right, "
                                + "and for AWS the region (zone) in aws_s3_credentials?",
                        error);
            }
            if (cause instanceof CertificateException) {
                return new S3Failure(
                        Kind.PASSING,
                        where + "shows a certificate that is not trusted: "
                                + oneLine(cause.getMessage())
                                + "; put its authority into s3_ca_file if it is a store of yours",
                        error);
            }
            cause = cause.getCause();
        }
        return new S3Failure(Kind.PASSING, where + told(error, store.endpoint().https()), error);
    }

    private static String told(Throwable error, boolean https) {
        Throwable cause = error;
        for (int i = 0; i < MAX_CAUSES && cause != null; i++) {
            if (cause instanceof SSLException) {
                return "cannot be spoken to by TLS: " + oneLine(cause.getMessage());
            }
            if (cause.getMessage() != null && cause.getMessage().contains("Acquire operation took longer")) {
                return "cannot be reached: there was no connection in time";
            }
            if (cause instanceof TimeoutException) {
                return "did not answer in time";
            }
            if (cause instanceof java.net.ConnectException) {
                return "cannot be reached: " + oneLine(cause.getMessage());
            }
            if (cause instanceof IOException && cause.getMessage() != null) {
                boolean closed = cause.getMessage().startsWith("The connection was closed during the request");
                return closed
                        ? "closed the connection" + (https ? "; does it speak TLS at that port?" : "")
                        : "broke off: " + oneLine(cause.getMessage());
            }
            cause = cause.getCause();
        }
        return "broke off: " + oneLine(error.toString());
    }

    private static String oneLine(String text) {
        String line = text == null ? "no reason given" : text.replaceAll("\\p{Cntrl}+", " ");
        return line.length() > 300 ? line.substring(0, 300) + "..." : line;
    }

    static S3Failure changed(S3Location location) {
        return new S3Failure(Kind.CHANGED, location + " was changed in the store while it was read", null);
    }

    /** The object is another now. */
    static final class ChangedException extends IOException {
        private static final long serialVersionUID = 1L;

        ChangedException() {
            super("changed");
        }
    }

    boolean mayPass() {
        return kind == Kind.PASSING;
    }

    /** The object cannot be had at all. */
    Refusal toRefusal() {
        return new Refusal(
                kind == Kind.NOT_FOUND ? StatusText.FILE_NOT_FOUND : StatusText.FAILED_TO_READ_FILE, sentence, cause);
    }

    /** It could be had, and a read of it failed: what was to be read says nothing about the object's form. */
    IOException toReadFailure() {
        return new IOException(sentence, cause);
    }
}
