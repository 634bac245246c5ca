/** The names and values of the signalling protocol. Frozen: a page that assigns to one finds out at once. */
const same = (...names) => Object.freeze(Object.fromEntries(names.map((name) => [name, name])));

/** States of a session; WARN, DEBUG and APP_DATA are events that change no state. */
export const SESSION_STATUS = same('CONNECTED', 'ESTABLISHED', 'DISCONNECTED', 'WARN', 'FAILED', 'DEBUG', 'APP_DATA',
    'SEND_DATA_STATUS', 'PENDING', 'REGISTERED', 'UNREGISTERED', 'INCOMING_CALL');

/** States of a stream. The last three are older forms of stream events and still fire. */
export const STREAM_STATUS = same('NEW', 'PENDING', 'PUBLISHING', 'PLAYING', 'PAUSED', 'UNPUBLISHED', 'STOPPED',
    'FAILED', 'PLAYBACK_PROBLEM', 'RESIZE', 'SNAPSHOT_COMPLETE', 'NOT_ENOUGH_BANDWIDTH');

/** The event name for everything that {@link STREAM_EVENT_TYPE} tells apart. */
export const STREAM_EVENT = 'STREAM_EVENT';

export const STREAM_EVENT_TYPE = Object.freeze({
    AUDIO_MUTED: 'audioMuted',
    AUDIO_UNMUTED: 'audioUnmuted',
    VIDEO_MUTED: 'videoMuted',
    VIDEO_UNMUTED: 'videoUnmuted',
    DATA: 'data',
    RESIZE: 'resize',
    NOT_ENOUGH_BANDWIDTH: 'notEnoughBandwidth',
    SNAPSHOT_COMPLETED: 'snapshotCompleted',
    SNAPSHOT_FAILED: 'snapshotFailed',
    /** Publishing goes on, recording does not; payload {info, recordName}, the name of what was recorded until then. */
    RECORDING_FAILED: 'recordingFailed',
    /** Made here, never sent: the browser allows no sound until the user asks for it. */
    UNMUTE_REQUIRED: 'unmuteRequired'
});

/** What `stream.getInfo()` says; the server's words first, then those of this SDK. */
export const STREAM_STATUS_INFO = Object.freeze({
    FAILED_BY_ICE_ERROR: 'Failed by ICE error',
    FAILED_BY_ICE_TIMEOUT: 'Failed by ICE timeout',
    FAILED_BY_KEEP_ALIVE: 'Failed by ICE keep alive',
    FAILED_BY_DTLS_FINGERPRINT_ERROR: 'Failed by DTLS fingerprint error',
    FAILED_BY_DTLS_ERROR: 'Failed by DTLS error',
    FAILED_BY_RTP_ACTIVITY: 'Failed by RTP activity',
    FAILED_BY_HLS_WRITER_ERROR: 'Failed by HLS writer error',
    FAILED_BY_RTMP_WRITER_ERROR: 'Failed by RTMP writer error',
    FAILED_BY_ERROR: 'Failed by error',
    FAILED_TO_ADD_STREAM_TO_PROXY: 'Failed to add stream to proxy',
    STOPPED_BY_SESSION_DISCONNECT: 'Stopped by session disconnect',
    STOPPED_BY_REST_TERMINATE: 'Stopped by rest /terminate',
    STOPPED_BY_PUBLISHER_STOP: 'Stopped by publisher stop',
    STOPPED_BY_USER: 'Stopped by user',
    DISTRIBUTOR_STOPPED: 'Distributor stopped',
    PUBLISH_STREAM_IS_NOT_READY: 'Publish stream is not ready',
    STREAM_NOT_FOUND: 'Stream not found',
    STREAM_NAME_ALREADY_IN_USE: 'Stream name is already in use',
    MEDIASESSION_ID_NULL: 'MediaSessionId is null',
    MEDIASESSION_ID_ALREADY_IN_USE: 'MediaSessionId is already in use',
    SESSION_NOT_READY: 'Session not ready',
    SESSION_DOES_NOT_EXIST: 'Session does not exist',
    STREAM_FAILED: 'Stream failed',
    NO_COMMON_CODECS: 'No common codecs',
    REQUESTED_STREAM_SHUTDOWN: 'Requested stream shutdown',
    TERMINATED_BY_KEEP_ALIVE: 'Terminated by keep-alive',
    TRANSCODING_REQUIRED_BUT_DISABLED: 'Transcoding required, but disabled',
    RESTRICTED_ACCESS: 'Restricted access',
    NO_AVAILABLE_TRANSCODERS: 'No available transcoders',
    FILE_NOT_FOUND: 'File not found',
    FILE_HAS_WRONG_FORMAT: 'File has wrong format',
    FAILED_TO_READ_FILE: 'Failed to read file',
    GOT_EXCEPTION_WHILE_STREAMING_FILE: 'Got exception while streaming file',
    BAD_URI: 'Bad URI',
    FAILED_TO_GET_AGENT_STORAGE: 'Failed to get agent storage',
    CONNECTION_LOST: 'Connection to the server was lost',
    NO_ANSWER: 'The server did not answer in time',
    NO_MEDIA: 'No media connection in time',
    ANSWER_REJECTED: 'The browser rejected the SDP answer',
    MEDIA_SOCKET_MISSING: 'Failed by media connection: it did not come in time',
    MEDIA_SOCKET_LOST: 'Failed by media connection: it was lost',
    MSE_FAILED: 'The browser cannot play what came by MSE',
    NO_WEBRTC: 'WebRTC is not available in this browser',
    INSECURE_ORIGIN: 'Camera and microphone need https or localhost',
    MEDIA_ACCESS_DENIED: 'Access to camera or microphone was denied',
    MEDIA_DEVICE_NOT_FOUND: 'No camera or microphone found',
    MEDIA_DEVICE_BUSY: 'Camera or microphone is used by another program',
    MEDIA_ACCESS_FAILED: 'Camera or microphone could not be opened'
});

export const CONNECTION_QUALITY = same('PERFECT', 'GOOD', 'BAD', 'UNKNOWN', 'UPDATE');

export const TRANSPORT_TYPE = same('UDP', 'TCP');

export const MEDIA_DEVICE_KIND = Object.freeze({OUTPUT: 'output', INPUT: 'input', ALL: 'all'});

/** All of them, as pages reach them: `Flashphoner.constants.SESSION_STATUS`. */
export const constants = Object.freeze({
    SESSION_STATUS, STREAM_STATUS, STREAM_EVENT, STREAM_EVENT_TYPE, STREAM_STATUS_INFO, CONNECTION_QUALITY,
    TRANSPORT_TYPE, MEDIA_DEVICE_KIND
});
