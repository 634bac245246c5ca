package org.reelcast.refusal;

/**
 * Why something was refused or ended, as clients are told: WCS's texts word for word ({@code STREAM_STATUS_INFO} of its
 * SDK), ours where WCS has none. Each with the HTTP status (RFC 9110 section 15) of a REST call that ends so.
 */
public enum StatusText {
    FILE_NOT_FOUND("File not found", 500),
    FILE_HAS_WRONG_FORMAT("File has wrong format", 500),
    FAILED_TO_READ_FILE("Failed to read file", 500),
    GOT_EXCEPTION_WHILE_STREAMING_FILE("Got exception while streaming file", 500),
    FAILED_TO_GET_AGENT_STORAGE("Failed to get agent storage", 500),
    BAD_URI("Bad URI", 400),

    STREAM_NOT_FOUND("Stream not found", 404),
    STREAM_NAME_ALREADY_IN_USE("Stream name is already in use", 409),
    MEDIA_SESSION_ID_IS_NULL("MediaSessionId is null", 400),
    MEDIA_SESSION_ID_ALREADY_IN_USE("MediaSessionId is already in use", 409),
    REQUESTED_STREAM_SHUTDOWN("Requested stream shutdown", 503),
    SESSION_NOT_READY("Session not ready", 409),
    FAILED_BY_RTP_ACTIVITY("Failed by RTP activity", 500),
    FAILED_BY_ICE_TIMEOUT("Failed by ICE timeout", 500),
    FAILED_BY_ICE_KEEP_ALIVE("Failed by ICE keep alive", 500),
    FAILED_BY_DTLS_ERROR("Failed by DTLS error", 500),
    FAILED_BY_DTLS_FINGERPRINT_ERROR("Failed by DTLS fingerprint error", 500),
    FAILED_BY_ERROR("Failed by error", 500),
    /** The SDP is broken or asks for a transport that is not served. */
    FAILED_TO_ADD_STREAM_TO_PROXY("Failed to add stream to proxy", 400),
    /** The SDP is fine, and has no codec that the stream has, too. */
    NO_COMMON_CODECS("No common codecs", 406),

    TRANSCODING_REQUIRED_BUT_DISABLED("Transcoding required, but disabled", 403),

    STOPPED_BY_USER("Stopped by user", 410),
    STOPPED_BY_PUBLISHER_STOP("Stopped by publisher stop", 410),
    STOPPED_BY_REST_TERMINATE("Stopped by rest /terminate", 410),
    STOPPED_BY_SESSION_DISCONNECT("Stopped by session disconnect", 410),

    /* Texts of our own, where WCS has none. */
    RECORDING_DISK_FULL("Recording failed: the server's disk is full", 500),
    RECORDING_NOT_WRITABLE("Recording failed: the server cannot write the file", 500),
    RECORDING_TOO_SLOW("Recording failed: the server is too slow", 500),
    RECORDING_NOT_FOUND("Recording not found", 404),
    PUSH_NOT_FOUND("Push not found", 404),
    PUSH_ALREADY_RUNS("Stream is already pushed to this URL", 409),
    PUSH_FAILED("Failed to push stream", 500),
    NO_AVAILABLE_TRANSCODERS("No available transcoders", 503),
    TOO_MANY_STREAMS("Too many streams on this connection", 429),
    ID_IS_TOO_LONG("MediaSessionId or operationId is longer than 255 characters", 400),
    PROVIDER_NOT_SUPPORTED("Only WebRTC and MSE are supported: open the page by https, or in another browser", 400),
    MEDIA_SOCKET_MISSING("Failed by media connection: it did not come in time", 500),
    MEDIA_SOCKET_LOST("Failed by media connection: it was lost", 500),
    STREAM_IS_PERSONAL("Stream is for its own viewer alone", 403),
    START_OUTSIDE_FILM("Start is outside the film", 400),
    FILM_HAS_CHANGED("File has changed since the stream was started", 500),
    FILM_DIFFERS_BETWEEN_NODES("File differs between the nodes", 500),
    STREAM_IS_ON_ANOTHER_NODE("Stream is on another node", 421),
    SERVER_IS_OVERLOADED("Server is overloaded, try again later", 503),
    FILE_CANNOT_BE_CUT("File cannot be cut into segments", 415),
    WRONG_ENCODER_PARAMETERS("Encoder parameters are wrong", 400),
    STREAM_WOULD_FEED_ITSELF("Stream would feed itself", 400),
    STREAM_HAS_NO_PICTURE("Stream has no picture", 404),
    SNAPSHOT_TIMED_OUT("Snapshot failed: no picture came in time", 500),
    WRONG_IMAGE("Wrong image", 400),
    WRONG_MIXER_PARAMETERS("Wrong mixer parameters", 400),
    MIXER_NOT_FOUND("Mixer not found", 404),
    MIXER_ALREADY_EXISTS("Mixer already exists", 409),
    STREAM_ALREADY_IN_MIXER("Stream is already in the mixer", 409),
    MIXER_IS_FULL("Mixer has as many streams as it can", 409),
    SNAPSHOT_NOT_DECODED("Snapshot failed: the picture cannot be decoded", 500);

    private final String text;
    private final int httpStatus;

    StatusText(String text, int httpStatus) {
        this.text = text;
        this.httpStatus = httpStatus;
    }

    /** What the client is told, in English. */
    public String text() {
        return text;
    }

    /** The status code of a REST call that ends so. */
    public int httpStatus() {
        return httpStatus;
    }

    @Override
    public String toString() {
        return text;
    }
}
