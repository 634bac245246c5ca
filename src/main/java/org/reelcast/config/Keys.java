package org.reelcast.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Every key of {@code flashphoner.properties}, in the order in which the file and the docs show them. WCS's keys have
 * WCS's names, defaults and units (milliseconds unless the line says otherwise).
 *
 * <p>After a change here run {@code mvn test -Dtest=SettingsDocumentationTest -Dreelcast.update=true}: it writes
 * {@code server-config/flashphoner.properties} and {@code docs/settings.md} anew.
 */
public final class Keys {
    private static final List<Setting<?>> ALL = new ArrayList<>();
    private static String section;

    static {
        section = "Ports and addresses";
    }

    public static final Setting<Integer> WS_PORT =
            port("ws.port", 8080, "TCP port for WebSocket connections without TLS; 0 = none.");
    public static final Setting<Integer> WSS_PORT =
            port("wss.port", 8443, "TCP port for WebSocket connections with TLS; 0 = none.");
    public static final Setting<Integer> HTTP_PORT =
            port("http.port", 8081, "TCP port for pages, REST, health and records without TLS; 0 = none.");
    public static final Setting<Integer> HTTPS_PORT =
            port("https.port", 8444, "TCP port for pages, REST, health and records with TLS; 0 = none.");
    public static final Setting<Integer> HLS_PORT = port("hls.port", 8082, "TCP port for HLS without TLS; 0 = none.");
    public static final Setting<Integer> HLS_HTTPS_PORT =
            port("hls.https.port", 8445, "TCP port for HLS with TLS; 0 = none.");
    public static final Setting<String> LISTEN_ADDRESS = add(
            "listen_address",
            Types.address(),
            "0.0.0.0",
            "Address that the TCP ports above are opened on; 0.0.0.0 = all, 127.0.0.1 = this machine alone.");
    public static final Setting<String> IP = add(
            "ip",
            Types.address(),
            "",
            "Address at which viewers reach this server, when a NAT stands in between; "
                    + "it is offered to them instead of ip_local. Nothing = the machine's own addresses.");
    public static final Setting<String> IP_LOCAL = add(
            "ip_local",
            Types.address(),
            "",
            "The machine's own address for media, when it has several and only one is to be used. Nothing = all.");
    public static final Setting<Integer> MEDIA_PORT_FROM = add(
            "media_port_from",
            Types.number(1, 65535, ""),
            "31001",
            "First UDP port for media. One port a media loop is used, not one a viewer.");
    public static final Setting<Integer> MEDIA_PORT_TO =
            add("media_port_to", Types.number(1, 65535, ""), "32000", "Last UDP port for media.");

    static {
        section = "TLS";
    }

    public static final Setting<Optional<Path>> TLS_CERTIFICATE_FILE = add(
            "tls_certificate_file",
            Types.optionalPath(),
            "",
            "Your certificate with its chain, PEM. Goes with tls_key_file. "
                    + "Without a certificate of yours one is made at the first start and kept in conf/.");
    public static final Setting<Optional<Path>> TLS_KEY_FILE = add(
            "tls_key_file",
            Types.optionalPath(),
            "",
            "The private key of tls_certificate_file, PEM (PKCS#8, PKCS#1 or SEC 1), not encrypted.");
    public static final Setting<Optional<Path>> TLS_KEYSTORE_FILE = add(
            "tls_keystore_file",
            Types.optionalPath(),
            "",
            "Your certificate and key as PKCS#12 file, instead of the two above.");
    public static final Setting<Secret> TLS_KEYSTORE_PASSWORD =
            add("tls_keystore_password", Types.secret(), "", "Password of tls_keystore_file.");

    static {
        section = "Video on demand";
    }

    public static final Setting<Path> MEDIA_DIR = add(
            "media_dir",
            Types.path(),
            "media",
            "Folder with the files that vod:// and vod-live:// play; subfolders too, nothing outside.");
    public static final Setting<Boolean> MEDIA_FOLLOW_SYMLINKS = add(
            "media_follow_symlinks", Types.bool(), "false", "Whether symbolic links in media_dir may lead out of it.");
    public static final Setting<String> VOD_LIST = add(
            "vod_list",
            Types.choice("private", "always", "never"),
            "private",
            "Who is told which films are in media_dir, by /rest-api/vod/list and on the player page: private = this "
                    + "machine and private networks, always = everybody, never = nobody.");
    public static final Setting<Boolean> VOD_LIVE_LOOP = add(
            "vod_live_loop",
            Types.bool(),
            "false",
            "Whether a vod-live:// stream starts again at the end of the file; REST's loop wins over it.");
    public static final Setting<Integer> VOD_STREAM_TIMEOUT = add(
            "vod_stream_timeout",
            Types.millis(0, 86_400_000),
            "30000",
            "How long a vod-live:// stream goes on after its last viewer left, in ms.");
    public static final Setting<Integer> VOD_IDLE_TIMEOUT = add(
            "vod_idle_timeout",
            Types.number(0, 86_400, "s"),
            "0",
            "How long a vod-live:// stream goes on that REST started and nobody has watched yet, in seconds; 0 = to its "
                    + "end, or until REST ends it.");
    public static final Setting<Integer> VOD_MAX_STREAMS = add(
            "vod_max_streams",
            Types.number(0, 1_000_000, ""),
            "1000",
            "How many vod-live:// streams there may be at a time, started by REST, viewers or HLS; more are "
                    + "refused. 0 = no limit.");
    public static final Setting<Integer> VOD_LONGEST_PAUSE = add(
            "vod_longest_pause",
            Types.number(0, 86_400, "s"),
            "0",
            "The longest pause, in s, by which the clock of a film in fragments may jump: where it jumps further, the "
                    + "film goes on without the jump; 0 = it stands still as long as the file says. Empty cache_dir "
                    + "after a change: what it holds of such films has the times of before.");
    public static final Setting<String> VOD_LIVE_LATE = add(
            "vod_live_late",
            Types.wordOf("skip", "wait"),
            "skip",
            "What a vod-live:// stream does when its file comes too late from a slow store or disk: skip = it goes on "
                    + "where it should be by then, after 10 s of lateness where it was; wait = it goes on where it "
                    + "was. A vod:// stream always waits.");
    public static final Setting<Boolean> VOD_LIVE_RESUME = add(
            "vod_live_resume",
            Types.bool(),
            "false",
            "Whether vod-live:// streams that REST started go on after a restart of the server, at the picture that "
                    + "they would have come to.");
    public static final Setting<Path> VOD_LIVE_RESUME_DIR = add(
            "vod_live_resume_dir",
            Types.path(),
            "broadcasts",
            "Folder in which vod_live_resume keeps them, a small file each.");
    public static final Setting<Boolean> VOD_MP4_CONTAINER_NEW = add(
            "vod_mp4_container_new",
            Types.bool(),
            "false",
            "Whether a film from S3 plays while it is downloaded (true) or once it is there (false), as in WCS. "
                    + "When neither this nor the next key is set, only what is needed is read from S3, as it is "
                    + "needed.");
    public static final Setting<Integer> VOD_MP4_CONTAINER_NEW_BUFFER_MS = add(
            "vod_mp4_container_new_buffer_ms",
            Types.millis(0, 600_000),
            "10000",
            "Film in hand before playing starts or goes on after a wait, in ms, when vod_mp4_container_new=true.");
    public static final Setting<Boolean> VOD_MP4_CONTAINER_ISOPARSER_HEAP_DATASOURCE = add(
            "vod_mp4_container_isoparser_heap_datasource",
            Types.bool(),
            "false",
            "WCS's cure for \"Map failed\". Accepted; not needed, as files are neither mapped nor read whole.");
    public static final Setting<Secret> AWS_S3_CREDENTIALS = add(
            "aws_s3_credentials",
            Types.secretParts("zone;login;hash"),
            "",
            "Region, access key and secret key for S3, as zone;login;hash. Without it the environment, the profile and "
                    + "the machine's role are asked (AWS and s3_allowed_endpoints only), else objects must be public.");
    public static final Setting<String> VOD_S3_MOOV_AT_END = add(
            "vod_s3_moov_at_end",
            Types.choice("auto", "refuse", "read"),
            "auto",
            "What to do with a film in S3 whose index (moov) comes after its data: refuse it or read the index first. "
                    + "auto = refuse when vod_mp4_container_new=true, else read.");
    public static final Setting<String> S3_ENDPOINT = add(
            "s3_endpoint",
            Types.text(),
            "",
            "Store that names without a host (s3/bucket/key) are in, as http(s)://host or http(s)://host:port; "
                    + "it is trusted. Nothing = AWS.");
    public static final Setting<String> S3_ALLOWED_ENDPOINTS = add(
            "s3_allowed_endpoints",
            Types.text(),
            "*.digitaloceanspaces.com,*.selcdn.ru,*.selstorage.ru",
            "Hosts that are trusted as S3 stores by name and shown the credentials, comma-separated globs of host or "
                    + "host:port, e.g. minio.local:9000,*.example.com. AWS's own are.");
    public static final Setting<Boolean> S3_ONLY_ALLOWED_ENDPOINTS = add(
            "s3_only_allowed_endpoints",
            Types.bool(),
            "true",
            "Whether S3 stores other than AWS's and those of s3_allowed_endpoints are refused. If not, any at "
                    + "public addresses is asked, without credentials.");
    public static final Setting<String> S3_ADDRESSING = add(
            "s3_addressing",
            Types.choice("auto", "path", "virtual"),
            "auto",
            "How a bucket is named to the store: path = https://host/bucket/key, virtual = "
                    + "https://bucket.host/key, auto = virtual for AWS and path for others.");
    public static final Setting<Optional<Path>> S3_CA_FILE = add(
            "s3_ca_file",
            Types.optionalPath(),
            "",
            "Certificates, PEM, of authorities that S3 stores of your own are signed by; besides Java's own list.");
    public static final Setting<Integer> S3_CONNECT_TIMEOUT = add(
            "s3_connect_timeout",
            Types.millis(100, 600_000),
            "5000",
            "Time that connecting to an S3 store may take, in ms; TLS has the same time again.");
    public static final Setting<Integer> S3_READ_TIMEOUT = add(
            "s3_read_timeout",
            Types.millis(100, 600_000),
            "15000",
            "Time after which a download that stands still, or brings less than 1 KB a second, is broken off and "
                    + "resumed, in ms; opening a film from S3 takes no longer either.");
    public static final Setting<Integer> S3_RETRIES = add(
            "s3_retries",
            Types.number(0, 20, ""),
            "4",
            "How often a request to S3 is repeated when it brings nothing, with growing pauses.");
    public static final Setting<Integer> S3_MAX_CONNECTIONS = add(
            "s3_max_connections",
            Types.number(1, 1000, ""),
            "64",
            "Connections to S3 stores at the same time, all together; one store gets three quarters at most.");
    public static final Setting<Integer> S3_READ_AHEAD_KB = add(
            "s3_read_ahead_kb",
            Types.number(256, 65_536, "KB"),
            "4096",
            "How far ahead of play-out a film is read from S3 when it is not downloaded whole, in KB.");
    public static final Setting<Boolean> USE_FDK_AAC = add(
            "use_fdk_aac",
            Types.bool(),
            "false",
            "WCS's cure for AAC frames that start with 0. Accepted; not needed, as the decoder here takes them.");
    public static final Setting<Boolean> VOD_TRANSCODE_CODECS = add(
            "vod_transcode_codecs",
            Types.bool(),
            "true",
            "Whether films of other codecs than H.264, AAC and Opus play (HEVC, AV1, VP9, AC-3, MP3, PCM and so on): "
                    + "each is re-encoded, once; false = they are refused with WCS's File has wrong format.");
    public static final Setting<String> VOD_BFRAMES = add(
            "vod_bframes",
            Types.wordOf("reencode", "drop", "pass"),
            "reencode",
            "What becomes of a film with B-frames, which browsers do not play over WebRTC: reencode = it "
                    + "is re-encoded without them, once, at the same frame rate; drop = they are left out; "
                    + "pass = nothing.");
    public static final Setting<String> VOD_BFRAMES_FALLBACK = add(
            "vod_bframes_fallback",
            Types.wordOf("reduce", "drop"),
            "reduce",
            "What viewers get of a film that this machine cannot re-encode "
                    + "as fast as it is shown, where it is not re-encoded yet: reduce = half its width and height, "
                    + "from 640x360 on, and if need be every second or fourth picture; drop = the film without its "
                    + "B-frames, at a lower frame rate.");
    public static final Setting<Integer> VOD_BFRAMES_QUANTIZER = add(
            "vod_bframes_quantizer",
            Types.number(10, 51, ""),
            "26",
            "Quality of vod_bframes=reencode as H.264 quantizer: less is better and larger.");
    public static final Setting<String> DEINTERLACE = add(
            "deinterlace",
            Types.wordOf("auto", "off"),
            "auto",
            "Whether interlaced films are made whole pictures of where they are re-encoded, which they are when they "
                    + "have B-frames, pixels that are not square or a colour format other than 4:2:0 with 8 bits: "
                    + "auto = pictures that say that they are interlaced; off = none.");
    public static final Setting<Integer> OPUS_BITRATE = add(
            "opus_bitrate",
            Types.number(6, 510, "kbit/s"),
            "128",
            "Bitrate of the Opus sound that a stereo film's AAC is turned into, in kbit/s; mono takes half.");
    public static final Setting<Integer> AAC_BITRATE = add(
            "aac_bitrate",
            Types.number(32, 320, "kbit/s"),
            "128",
            "Bitrate of the AAC that sound is turned into for players that take nothing else (MSE), in kbit/s of "
                    + "stereo; mono takes half.");
    public static final Setting<Integer> OPUS_FRAME_MS = add(
            "opus_frame_ms",
            Types.numberOf("ms", 10, 20, 40, 60),
            "40",
            "Sound in one Opus packet, in ms: 10, 20, 40 or 60. More saves packets, but a lost one is a longer "
                    + "gap.");
    public static final Setting<Integer> OPUS_COMPLEXITY = add(
            "opus_complexity",
            Types.number(0, 10, ""),
            "1",
            "Effort that the Opus encoder takes, 0 to 10; each film is encoded once, whatever its viewers.");
    public static final Setting<Path> CACHE_DIR = add(
            "cache_dir",
            Types.path(),
            "cache",
            "Folder for what is made or fetched once a file and kept: renditions, films from S3; and, up to 1 GB "
                    + "beside cache_max_mb, for the indexes of long films while they are open.");
    public static final Setting<Integer> CACHE_MAX_MB = add(
            "cache_max_mb",
            Types.number(0, 100_000_000, "MB"),
            "2048",
            "Maximum size of cache_dir in MB. When it is full, the least recently used files are deleted.");

    public static final Setting<String> ENCODER = add(
            "encoder",
            Types.wordOf(
                    "auto", "nvenc", "vaapi", "v4l2m2m", "videotoolbox", "mf", "libx264", "libopenh264", "bundled"),
            "auto",
            "Encoder of H.264: auto = the first of the others that proves to work at start; nvenc, vaapi, v4l2m2m, "
                    + "videotoolbox, mf = a device; libx264 = FFmpeg's GPL build, which you add; libopenh264 = the "
                    + "machine's own OpenH264; bundled = the one that comes with the server. One that does not work is "
                    + "replaced by the best that does.");
    public static final Setting<Integer> DECODER_MAX_MB = add(
            "decoder_max_mb",
            Types.number(0, 100_000_000, "MB"),
            "0",
            "Memory, beside the heap, that the decoders and encoders of films may take together, in MB; films that "
                    + "would need more are refused while it is in use. 0 = a quarter of the machine's, 512 at least.");

    static {
        section = "Connections";
    }

    public static final Setting<Integer> KEEP_ALIVE_SERVER_INTERVAL = add(
            "keep_alive.server_interval",
            Types.millis(100, 3_600_000),
            "5000",
            "Time between two pings to a WebSocket client, in ms.");
    public static final Setting<Integer> KEEP_ALIVE_PROBES = add(
            "keep_alive.probes",
            Types.number(1, 1000, ""),
            "10",
            "Pings without an answer after which a client is taken for gone.");
    public static final Setting<Integer> WS_CONNECT_TIMEOUT = add(
            "ws_connect_timeout",
            Types.millis(100, 3_600_000),
            "10000",
            "Time within which a new WebSocket client must send its connection message, in ms; else it is closed.");
    public static final Setting<Integer> WS_MAX_MESSAGE_SIZE = add(
            "ws_max_message_size",
            Types.number(16_384, 67_108_864, "bytes"),
            "262144",
            "Longest message taken from a WebSocket client, in bytes; a longer one closes the connection.");
    public static final Setting<Integer> WS_MAX_CONNECTIONS = add(
            "ws_max_connections",
            Types.number(0, 10_000_000, ""),
            "2000",
            "WebSocket clients of one address (of IPv6: of 64 bits) at the same time; those of this machine, as "
                    + "through a proxy here, are not counted. 0 = no limit.");
    public static final Setting<Integer> WS_MAX_STREAMS = add(
            "ws_max_streams",
            Types.number(1, 100_000, ""),
            "100",
            "Streams that one WebSocket client may have at the same time.");

    static {
        section = "WebRTC";
    }

    public static final Setting<Integer> MEDIA_LOOPS = add(
            "media_loops",
            Types.number(0, 1024, ""),
            "0",
            "Threads that send media, each with one UDP port; 0 = one a core.");
    public static final Setting<Integer> WARM_UP_PLAYS = add(
            "warm_up_plays",
            Types.number(0, 10_000, ""),
            "250",
            "How often the server plays to itself after the start, fifty times at once, then five times a second, so "
                    + "that the first viewers find compiled what they need; ends when twenty viewers are there. "
                    + "0 = not at all.");
    public static final Setting<Integer> ICE_TIMEOUT = add(
            "ice_timeout",
            Types.millis(100, 600_000),
            "15000",
            "Time within which the first valid ICE check of a viewer must come, in ms; else Failed by ICE timeout.");
    public static final Setting<Integer> ICE_CONSENT_TIMEOUT = add(
            "ice_consent_timeout",
            Types.millis(1000, 600_000),
            "30000",
            "Time without a valid ICE check after which a viewer is taken for gone, in ms (RFC 7675).");
    public static final Setting<Integer> RTP_ACTIVITY_TIMEOUT = add(
            "rtp_activity_timeout",
            Types.number(1, 86_400, "s"),
            "60",
            "Time without media after which a publisher is taken for gone, in seconds; then Failed by RTP activity.");
    public static final Setting<Integer> DTLS_TIMEOUT = add(
            "dtls_timeout",
            Types.millis(100, 600_000),
            "15000",
            "Time that the DTLS handshake with a viewer may take, in ms; else Failed by DTLS error.");
    public static final Setting<Integer> DTLS_MAX_UNFINISHED = add(
            "dtls_max_unfinished",
            Types.number(0, 1_000_000, ""),
            "1000",
            "DTLS handshakes of one address (of IPv6: of 64 bits) that may be under way; further ones wait for them. "
                    + "0 = no limit.");
    public static final Setting<Boolean> VIEWER_ADAPTATION = add(
            "viewer_adaptation",
            Types.bool(),
            "true",
            "Whether a viewer whose link is too narrow for a film gets fewer pictures until it is wide enough again.");
    public static final Setting<Integer> ADMISSION_MAX_LOAD = add(
            "admission_max_load",
            Types.number(0, 100, "%"),
            "90",
            "New viewers are refused (FAILED, Server is overloaded) when the threads that send media are busy for more "
                    + "than this percentage of the time; also when the encoders fall behind. 0 = all are taken.");
    public static final Setting<Integer> ADMISSION_MAX_DELAY = add(
            "admission_max_delay",
            Types.millis(10, 60_000),
            "150",
            "Lateness of these threads, in ms on an average, from which on new viewers are refused, too.");
    public static final Setting<Integer> ADMISSION_MAX_HEAP = add(
            "admission_max_heap",
            Types.number(0, 100, "%"),
            "80",
            "Share of the heap, in percent, that may be in use after garbage collection before new viewers are "
                    + "refused, too. 0 = never for that.");

    static {
        section = "Pages, REST and records";
    }

    public static final Setting<String> REST_ACCESS_CONTROL_ALLOW_ORIGIN = add(
            "rest_access_control_allow_origin",
            Types.text(),
            "",
            "Origins whose pages may call REST, comma-separated as https://example.com, or *; those "
                    + "of allow_domains may, too. Pages of this server always may.");
    public static final Setting<String> REST_ACCESS_CONTROL_ALLOW_HEADERS = add(
            "rest_access_control_allow_headers",
            Types.text(),
            "content-type,x-requested-with",
            "Access-Control-Allow-Headers of REST answers.");
    public static final Setting<String> REST_ACCESS_CONTROL_ALLOW_METHODS = add(
            "rest_access_control_allow_methods", Types.text(), "POST", "Access-Control-Allow-Methods of REST answers.");
    public static final Setting<String> ALLOW_DOMAINS = add(
            "allow_domains",
            Types.text(),
            "",
            "Domains whose pages may connect by WebSocket and call REST, comma-separated globs of host names, e.g. "
                    + "*.example.com. Nothing = all may connect, and pages of this server alone call REST. Its own pages may "
                    + "always, under names that are its own (rest_allow_hosts).");
    public static final Setting<AddressRanges> REST_ALLOW_ADDRESSES = add(
            "rest_allow_addresses",
            Types.addressRanges(),
            "",
            "Addresses that may call REST, beside this machine's own and those of private "
                    + "networks, e.g. 203.0.113.7,198.51.100.0/24; 0.0.0.0/0,::/0 = all.");
    public static final Setting<String> REST_ALLOW_HOSTS = add(
            "rest_allow_hosts",
            Types.text(),
            "",
            "Names under which REST may be called, comma-separated globs, beside localhost, this machine's name and "
                    + "its addresses: the Host of a request must be one of them.");
    public static final Setting<Boolean> DISABLE_REST_AUTH = add(
            "disable_rest_auth",
            Types.bool(),
            "true",
            "Whether REST is called without name and password. false = those of rest_users_file alone may, by Basic "
                    + "authentication, from this machine too; by plain http the password can be read on the way.");
    public static final Setting<Path> REST_USERS_FILE = add(
            "rest_users_file",
            Types.path(),
            "conf/rest-users",
            "File of who may call REST when disable_rest_auth=false: java -jar reelcast.jar user add NAME, user remove "
                    + "NAME, user list. Changes count at once.");
    public static final Setting<Integer> HSTS_MAX_AGE = add(
            "hsts_max_age",
            Types.number(0, 63_072_000, "s"),
            "0",
            "For how long browsers that came by https must come by https alone, to all ports of this name, in seconds "
                    + "(Strict-Transport-Security); only with a certificate that they know. 0 = they are not told.");
    public static final Setting<AddressRanges> TRUSTED_PROXIES = add(
            "trusted_proxies",
            Types.addressRanges(),
            "",
            "Addresses of proxies in front of this server whose X-Forwarded-For or Forwarded is believed, and whose "
                    + "PROXY headers (versions 1 and 2). Where both of the former come and differ, the one that the proxy "
                    + "does not write is the client's own: have the proxy take it away. A request that came through any "
                    + "other proxy never counts as one of this machine or of a private network.");
    public static final Setting<Integer> HTTP_MAX_CONNECTIONS = add(
            "http_max_connections",
            Types.number(0, 10_000_000, ""),
            "8000",
            "TCP connections of one address (of IPv6: of 64 bits) to all ports together; further ones are closed at once. "
                    + "Those of this machine and of trusted_proxies are not counted. 0 = no limit.");
    public static final Setting<Integer> HTTP_HEADER_TIMEOUT = add(
            "http_header_timeout",
            Types.number(1000, 600_000, "ms"),
            "20000",
            "Time within which the header of a request must have come, from its first byte on, TLS included, in ms; else "
                    + "the connection is closed.");
    public static final Setting<Path> CLIENT2_DIR = add(
            "client2_dir",
            Types.path(),
            "client2",
            "Folder that /client2/ serves: unpack the npm package @flashphoner/websdk there to have its pages.");

    static {
        section = "Recording";
    }

    public static final Setting<Path> RECORD_DIR =
            add("record_dir", Types.path(), "records", "Folder with recordings, which /client/records/ serves.");
    public static final Setting<Boolean> RECORD_STREAMS = add(
            "record_streams",
            Types.bool(),
            "true",
            "Whether a stream is recorded when its publisher asks for it; REST can record any stream.");
    public static final Setting<String> STREAM_RECORD_POLICY = add(
            "stream_record_policy",
            Types.choice("template", "streamName"),
            "template",
            "How a recording is named: by stream_record_policy_template or as its stream.");
    public static final Setting<String> STREAM_RECORD_POLICY_TEMPLATE = add(
            "stream_record_policy_template",
            Types.text(),
            "stream-{mediaSessionId}-{login}-{random}",
            "Name of a recording, of text and {streamName} {mediaSessionId} {sessionId} {login} {random} {startTime} {endTime} "
                    + "{startTimeMillis} {endTimeMillis} {duration} {audioCodec} {videoCodec}; times in ms. Without "
                    + "{random}, 128 bits, others may guess it and have the recording.");
    public static final Setting<String> RECORD_ROTATION = add(
            "record_rotation",
            Types.matching("\\d{1,9}[Mm]?", "seconds, megabytes as 10M, or nothing"),
            "",
            "When a recording goes on in another file: after so many seconds, or megabytes as in 10M. "
                    + "Nothing or 0 = never.");
    public static final Setting<Integer> RECORD_MIN_FREE_MB = add(
            "record_min_free_mb",
            Types.number(0, 100_000_000, "MB"),
            "200",
            "Room that recordings leave on the disk, in MB: with less they stop, publishing goes on.");
    public static final Setting<Integer> RECORD_MAX_MB = add(
            "record_max_mb",
            Types.number(0, 100_000_000, "MB"),
            "0",
            "Size that recordings may have together, in MB: with more no new ones begin, and those in progress stop; "
                    + "nothing is deleted. 0 = half of the disk.");
    public static final Setting<Integer> RECORD_MAX_AGE = add(
            "record_max_age",
            Types.number(0, 876_000, "h"),
            "0",
            "Age, in hours, at which films in record_dir are deleted, *.mp4 of its top folder, whoever put them there; "
                    + "0 = never.");
    public static final Setting<Integer> RECORD_MAX_SECONDS = add(
            "record_max_seconds",
            Types.number(0, 31_536_000, "s"),
            "0",
            "How long a recording may be, all its parts together, in seconds: "
                    + "then it ends, publishing goes on. 0 = no limit.");
    public static final Setting<Integer> RECORD_MAX_PER_CLIENT = add(
            "record_max_per_client",
            Types.number(0, 100_000, ""),
            "20",
            "How many recordings publishers of one address (of IPv6: of 64 bits) "
                    + "may have in progress; those of this machine are not counted. 0 = no limit.");
    public static final Setting<Integer> RECORD_AUDIO_BITRATE = add(
            "record_audio_bitrate",
            Types.number(32, 320, "kbit/s"),
            "128",
            "Bitrate of the AAC sound in recordings, in kbit/s of stereo; mono takes half.");
    public static final Setting<Optional<Path>> ON_RECORD_HOOK_SCRIPT = add(
            "on_record_hook_script",
            Types.optionalPath(),
            "",
            "Script that is run when a recording is finished, with the stream's name and the file's absolute path.");
    public static final Setting<Integer> ON_RECORD_HOOK_TIMEOUT = add(
            "on_record_hook_timeout",
            Types.millis(100, 86_400_000),
            "60000",
            "Time after which on_record_hook_script is ended, in ms.");
    public static final Setting<Boolean> VOD_FROM_RECORDS = add(
            "vod_from_records",
            Types.bool(),
            "true",
            "Whether vod:// and vod-live:// also play recordings; media_dir comes first.");

    static {
        section = "HLS";
    }

    public static final Setting<String> HLS_CONTAINER = add(
            "hls_container",
            Types.wordOf("ts", "fmp4"),
            "ts",
            "What the segments of /NAME/NAME.m3u8 are: ts = MPEG-TS, as WCS has it; fmp4 = fragmented MP4. Where the "
                    + "sound does not fit into MPEG-TS it is fmp4. The playlist /NAME/index.m3u8 is always fmp4.");
    public static final Setting<Integer> HLS_MIN_SEGMENT_MS = add(
            "hls_min_segment_ms",
            Types.millis(500, 15_000),
            "2000",
            "How long the segments of a live stream are at least, in ms; they begin at key frames and are "
                    + "longer where those are further apart.");
    public static final Setting<Integer> HLS_LIST_SIZE =
            add("hls_list_size", Types.number(6, 10_000, ""), "8", "How many segments a live playlist lists.");
    public static final Setting<Integer> HLS_HOLD_SEGMENTS_SIZE = add(
            "hls_hold_segments_size",
            Types.number(1, 10_000, ""),
            "5",
            "How many segments of a published stream are kept after they left the "
                    + "list, for players that are about to fetch them. Those of films can always be had.");
    public static final Setting<Boolean> HLS_HOLD_SEGMENTS_BEFORE_DELETE = add(
            "hls_hold_segments_before_delete",
            Types.bool(),
            "false",
            "WCS's switch for hls_hold_segments_size. Accepted; not needed, as segments that left the list are always "
                    + "kept for a while.");
    public static final Setting<Boolean> HLS_AUTO_START = add(
            "hls_auto_start",
            Types.bool(),
            "false",
            "Whether each published stream is delivered as HLS from its start on, so that the first viewer finds a full "
                    + "list. Without viewers it ends after hls_manager_provider_timeout.");
    public static final Setting<Boolean> HLS_ABR_AUTO_START = add(
            "hls_abr_auto_start",
            Types.bool(),
            "false",
            "The same for its sizes, NAME-HLS-ABR-STREAM, each of which is encoded.");
    public static final Setting<Boolean> HLS_PRELOADER_ENABLED = add(
            "hls_preloader_enabled",
            Types.bool(),
            "true",
            "WCS's clip before the first segments. Accepted; not needed, as the first list of a film is full at once.");
    public static final Setting<Boolean> HLS_SEGMENT_NAME_SUFFIX_RANDOMIZER_ENABLED = add(
            "hls_segment_name_suffix_randomizer_enabled",
            Types.bool(),
            "false",
            "WCS's cure for caches that mix two runs. Accepted; not needed, as names tell broadcasts apart.");
    public static final Setting<Boolean> LL_HLS_ENABLED = add(
            "ll_hls_enabled",
            Types.bool(),
            "true",
            "Whether /NAME/index.m3u8 is low-latency HLS: segments in parts of half a second, and requests that are "
                    + "held until there is something new.");
    public static final Setting<Integer> LL_HLS_LIST_SIZE = add(
            "ll_hls_list_size", Types.number(6, 10_000, ""), "12", "How many segments the low-latency playlist lists.");
    public static final Setting<Integer> HLS_MANAGER_PROVIDER_TIMEOUT = add(
            "hls_manager_provider_timeout",
            Types.number(5, 86_400, "s"),
            "300",
            "How long a stream is held for HLS after the last request for it, in seconds.");
    public static final Setting<Boolean> VOD_HLS_ENABLED = add(
            "vod_hls_enabled",
            Types.bool(),
            "true",
            "Whether whole films are delivered to players that seek: HLS at /vod/PATH/index.m3u8, DASH at "
                    + "/vod/PATH/manifest.mpd.");
    public static final Setting<Integer> HLS_CACHE_MAX_MB = add(
            "hls_cache_max_mb",
            Types.number(0, 100_000, "MB"),
            "0",
            "How much memory segments take that are being made, being sent, or kept for those who ask next, in MB, "
                    + "all together; a film with larger ones than half of it is refused. The frames that published "
                    + "streams keep for HLS take as much again. 0 = a quarter of the heap.");
    public static final Setting<Integer> HLS_ANSWER_TIMEOUT = add(
            "hls_answer_timeout",
            Types.millis(1_000, 3_600_000),
            "120000",
            "Time within which an answer must be there and read, in ms; else its connection is closed.");

    static {
        section = "Transcoding";
    }

    public static final Setting<Boolean> TRANSCODING_DISABLED = add(
            "transcoding_disabled",
            Types.bool(),
            "false",
            "Whether viewers who ask for another size or bitrate are refused, instead of a stream being transcoded for "
                    + "them. What REST starts is transcoded all the same.");
    public static final Setting<Boolean> WEBRTC_ABR = add(
            "webrtc_abr",
            Types.bool(),
            "false",
            "Whether WebRTC viewers on narrow links get streams that others may join in the sizes of "
                    + "hls_abr_profiles_file, before pictures are left out for them.");
    public static final Setting<Boolean> WEBRTC_STRICT_PROFILES = add(
            "webrtc_strict_profiles",
            Types.bool(),
            "false",
            "Whether WebRTC viewers that offer no H.264 profile for a stream that others may join get it transcoded to "
                    + "Constrained Baseline. Browsers decode more than they offer, so it is sent as it is by default.");
    public static final Setting<Path> HLS_ABR_PROFILES_FILE = add(
            "hls_abr_profiles_file",
            Types.path(),
            "conf/hls_abr_profiles.yml",
            "WCS's file of the sizes and bitrates that NAME-HLS-ABR-STREAM has by HLS. "
                    + "Without the file: 240, 360, 480 and 720 rows at 300, 600, 1000 and 2000 kbit/s.");
    public static final Setting<Path> WATERMARK_DIR = add(
            "watermark_dir",
            Types.path(),
            "watermarks",
            "Folder with the PNG images that may be watermarks of transcoded streams, and avatars and backgrounds of "
                    + "mixed ones.");

    static {
        section = "Mixer";
    }

    public static final Setting<Boolean> MIXER_AUTO_START = add(
            "mixer_auto_start",
            Types.bool(),
            "true",
            "Whether a stream that is published as user#room makes a mixer named room, or joins it.");
    public static final Setting<Integer> MIXER_IDLE_TIMEOUT = add(
            "mixer_idle_timeout",
            Types.millis(1_000, 86_400_000),
            "60000",
            "A mixer without streams in it ends after so long, in ms.");
    public static final Setting<Integer> MIXER_VIDEO_WIDTH =
            add("mixer_video_width", Types.number(16, 4096, ""), "1280", "Width of the mixed picture, even.");
    public static final Setting<Integer> MIXER_VIDEO_HEIGHT =
            add("mixer_video_height", Types.number(16, 4096, ""), "720", "Height of the mixed picture, even.");
    public static final Setting<Integer> MIXER_VIDEO_FPS =
            add("mixer_video_fps", Types.number(1, 60, ""), "30", "Pictures a second of the mix.");
    public static final Setting<Integer> MIXER_VIDEO_BITRATE_KBPS = add(
            "mixer_video_bitrate_kbps",
            Types.number(1, 50_000, ""),
            "2000",
            "Bitrate of the mixed picture, in kbit/s.");
    public static final Setting<String> MIXER_LAYOUT_CLASS = add(
            "mixer_layout_class",
            Types.text(),
            "com.flashphoner.media.mixer.video.presentation.GridLayout",
            "How the streams are placed: GridLayout, CenterNoPaddingGridLayout, CropNoPaddingGridLayout, "
                    + "PictureInPictureLayout or DesktopLayout, with or without the name of WCS's package.");
    public static final Setting<String> MIXER_VIDEO_LAYOUT_DESKTOP_KEY_WORD = add(
            "mixer_video_layout_desktop_key_word",
            Types.text(),
            "desktop",
            "A stream with this in its name is a shared screen: it is shown large, the others in a strip beside "
                    + "it. Nothing: none is.");
    public static final Setting<String> MIXER_DESKTOP_ALIGN = add(
            "mixer_desktop_align",
            Types.choice("TOP", "LEFT", "RIGHT", "BOTTOM", "CENTER"),
            "TOP",
            "Where the large one is.");
    public static final Setting<String> MIXER_BACKGROUND_COLOUR = add(
            "mixer_background_colour", Types.text(), "0x000000", "Colour where no stream is, as 0xRRGGBB or #RRGGBB.");
    public static final Setting<Boolean> MIXER_DISPLAY_STREAM_NAME = add(
            "mixer_display_stream_name",
            Types.bool(),
            "false",
            "Whether streams that have no label are labelled with their names.");
    public static final Setting<Integer> MIXER_FONT_SIZE =
            add("mixer_font_size", Types.number(1, 400, ""), "20", "Size of labels, in pixels.");
    public static final Setting<Integer> MIXER_FONT_SIZE_AUDIO_ONLY = add(
            "mixer_font_size_audio_only",
            Types.number(1, 400, ""),
            "40",
            "Size of names where there is no picture, in pixels.");
    public static final Setting<String> MIXER_TEXT_COLOUR =
            add("mixer_text_colour", Types.text(), "0xFFFFFF", "Colour of labels.");
    public static final Setting<String> MIXER_TEXT_BACKGROUND_COLOUR =
            add("mixer_text_background_colour", Types.text(), "0x2B2A2B", "Colour of the box behind a label.");
    public static final Setting<Integer> MIXER_TEXT_BACKGROUND_OPACITY = add(
            "mixer_text_background_opacity",
            Types.number(0, 100, ""),
            "100",
            "How much of the picture that box hides, in percent.");
    public static final Setting<Integer> MIXER_IN_BUFFERING_MS = add(
            "mixer_in_buffering_ms",
            Types.millis(50, 1_000),
            "200",
            "How much later than at their source streams are mixed, in ms: what comes late from one of them by "
                    + "less is still in time.");

    static {
        section = "Snapshots";
    }

    public static final Setting<Integer> SNAPSHOT_TAKING_INTERVAL_MS = add(
            "snapshot_taking_interval_ms",
            Types.millis(100, 60_000),
            "3000",
            "Time within which a stream's picture must come for a snapshot of it, in ms; a film is read for it, a "
                    + "publisher asked for a key frame.");

    static {
        section = "Pushing to RTMP servers";
    }

    public static final Setting<String> RTMP_TRANSPONDER_STREAM_NAME_PREFIX = add(
            "rtmp_transponder_stream_name_prefix",
            Types.text(),
            "rtmp_",
            "What goes before a stream's name where it is pushed to, unless the request gives the full URL.");
    public static final Setting<String> RTMP_PUSH_ALLOWED_HOSTS = add(
            "rtmp_push_allowed_hosts",
            Types.text(),
            "*",
            "Hosts of this machine and of private networks that streams may be pushed to, comma-separated globs of names "
                    + "or addresses, e.g. 127.0.0.1,10.*,*.example.lan; those of the internet need not be listed, and by "
                    + "default any may be, by !* none.");
    public static final Setting<Integer> RTMP_PUSH_TIMEOUT = add(
            "rtmp_push_timeout",
            Types.number(500, 60_000, "ms"),
            "5000",
            "How long an RTMP server may take to answer, or not read, before the connection is given up, in ms.");
    public static final Setting<Boolean> RTMPS_VERIFY = add(
            "rtmps_verify",
            Types.bool(),
            "true",
            "Whether an RTMPS server has to show a certificate for its name by an authority that is trusted.");
    public static final Setting<Optional<Path>> RTMPS_CA_FILE = add(
            "rtmps_ca_file",
            Types.optionalPath(),
            "",
            "Certificates of the authorities that are trusted for RTMPS, PEM. Nothing = those that Java trusts.");

    static {
        section = "Cluster";
    }

    public static final Setting<Boolean> CLUSTER_ENABLED = add(
            "cluster_enabled",
            Types.bool(),
            "false",
            "Whether this server is one node of several that play the same broadcasts: see docs/cluster.md.");
    public static final Setting<String> CLUSTER_MEMBERS = add(
            "cluster_members",
            Types.text(),
            "",
            "Where the nodes are: addresses as 10.0.0.1:7900,10.0.0.2:7900, or dns:NAME[:PORT] for all addresses that "
                    + "a name has, or kubernetes:SERVICE[.NAMESPACE] for the pods behind a service.");
    public static final Setting<String> CLUSTER_NAME = add(
            "cluster_name",
            Types.matching("[\\w.-]{1,64}", "1 to 64 letters, digits, dots, hyphens and underscores"),
            "reelcast",
            "Nodes of the same name belong together.");
    public static final Setting<AddressRanges> CLUSTER_ADDRESS = add(
            "cluster_address",
            Types.addressRanges(),
            "127.0.0.1",
            "This machine's address for the other nodes, or ranges as 10.0.0.0/8 that it is in. The port has "
                    + "neither TLS nor a password and is opened on one address, never on all: only the nodes may reach "
                    + "it.");
    public static final Setting<Integer> CLUSTER_PORT =
            port("cluster_port", 7900, "TCP port for the other nodes. No other is taken when it is in use.");
    public static final Setting<String> CLUSTER_PUBLIC_HOST = add(
            "cluster_public_host",
            Types.matching("[\\w.:-]{1,253}", "a host name or an address, or nothing"),
            "",
            "Name or address under which viewers reach this node, for whom another node sends here. Nothing = ip, else "
                    + "cluster_address.");
    public static final Setting<Integer> DRAIN_S = add(
            "drain_s",
            Types.number(0, 3600, "s"),
            "60",
            "Time over which a node of a cluster that is stopped sends its viewers away, one after the other, in seconds, "
                    + "so that they do not all come to the others at once.");
    public static final Setting<String> NODE_ID = add(
            "node_id",
            Types.matching("[\\w.-]{1,64}", "1 to 64 letters, digits, dots, hyphens and underscores, or nothing"),
            "",
            "What this node is called, the same after each start; no two have the same. Nothing = host name, hyphen, "
                    + "cluster_port.");

    static {
        section = "Log";
    }

    public static final Setting<Optional<Path>> LOG_FILE = add(
            "log_file",
            Types.optionalPath(),
            "",
            "File that the log also goes to, beside the console, with .0 behind its name; every 20 MB a new one, .1 to "
                    + ".4 are older. Not on a full application server, which has its own.");

    public static final Setting<String> LOG_FORMAT = add(
            "log_format",
            Types.choice("text", "json"),
            "text",
            "What a line of the log is: text, or a JSON object with time, level, logger, message and trace. With a "
                    + "conf/logging.properties of yours that file says it.");

    private Keys() {}

    /** All keys, in the order of the file. */
    public static List<Setting<?>> all() {
        return Collections.unmodifiableList(ALL);
    }

    private static Setting<Integer> port(String name, int number, String doc) {
        return add(name, Types.number(0, 65535, ""), Integer.toString(number), doc);
    }

    private static <T> Setting<T> add(String name, ValueType<T> type, String defaultText, String doc) {
        Setting<T> setting = new Setting<>(name, section, type, defaultText, doc);
        ALL.add(setting);
        return setting;
    }
}
