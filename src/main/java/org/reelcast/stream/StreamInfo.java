package org.reelcast.stream;

/**
 * The texts that explain a status to the client: those of WCS word for word ({@code STREAM_STATUS_INFO} of its SDK).
 */
public final class StreamInfo {
    public static final String FILE_NOT_FOUND = "File not found";
    public static final String FILE_HAS_WRONG_FORMAT = "File has wrong format";
    public static final String FAILED_TO_READ_FILE = "Failed to read file";
    public static final String GOT_EXCEPTION_WHILE_STREAMING_FILE = "Got exception while streaming file";
    public static final String FAILED_TO_GET_AGENT_STORAGE = "Failed to get agent storage";
    public static final String BAD_URI = "Bad URI";

    public static final String STREAM_NOT_FOUND = "Stream not found";
    public static final String STREAM_NAME_ALREADY_IN_USE = "Stream name is already in use";
    public static final String MEDIA_SESSION_ID_IS_NULL = "MediaSessionId is null";
    public static final String MEDIA_SESSION_ID_ALREADY_IN_USE = "MediaSessionId is already in use";
    public static final String REQUESTED_STREAM_SHUTDOWN = "Requested stream shutdown";
    public static final String SESSION_NOT_READY = "Session not ready";
    public static final String FAILED_BY_RTP_ACTIVITY = "Failed by RTP activity";
    public static final String FAILED_BY_ERROR = "Failed by error";

    public static final String STOPPED_BY_USER = "Stopped by user";
    public static final String STOPPED_BY_PUBLISHER_STOP = "Stopped by publisher stop";
    public static final String STOPPED_BY_REST_TERMINATE = "Stopped by rest /terminate";
    public static final String STOPPED_BY_SESSION_DISCONNECT = "Stopped by session disconnect";

    /* Texts of our own, where WCS has none. */
    public static final String RECORDING_DISK_FULL = "Recording failed: the server's disk is full";
    public static final String RECORDING_NOT_WRITABLE = "Recording failed: the server cannot write the file";
    public static final String RECORDING_TOO_SLOW = "Recording failed: the server is too slow";
    public static final String TOO_MANY_STREAMS = "Too many streams on this connection";
    public static final String PROVIDER_NOT_SUPPORTED =
            "Only WebRTC is supported: open the page by https or on localhost";
    public static final String SERVER_IS_OVERLOADED = "Server is overloaded, try again later";
    public static final String SNAPSHOTS_NOT_SUPPORTED = "Snapshots are not supported";

    private StreamInfo() {
    }
}
