#!/usr/bin/env bash
# Deploys target/reelcast.war to a full Payara Server 6 and to GlassFish 7 and looks whether it works there:
# health, the player page, a WebSocket, REST, a snapshot, playlists of HLS, whether it joins the cluster of a node that is the
# jar, then undeploys. docs/install.md has the result. GlassFish gets the engine of clusters in the WAR.
#
#   mvn -B package -DskipTests && src/test/tools/deploy-check.sh [payara] [glassfish]
#
# Fetches the servers by Maven (170 and 120 MB, once), runs them in a temporary folder on ports of their own.
set -eu

PAYARA=fish.payara.distributions:payara:${PAYARA_VERSION:-6.2025.10}:zip
HAZELCAST=com.hazelcast:hazelcast:5.3.8
GLASSFISH=org.glassfish.main.distributions:glassfish:${GLASSFISH_VERSION:-7.0.20}:zip
BASE=${BASE:-27000}    # first of the servers' ports

war=$(cd "$(dirname "$0")/../../.." && pwd)/target/reelcast.war
[ -f "$war" ] || { echo "$war is not there: mvn -B package -DskipTests" >&2; exit 1; }
jar=${war%.war}.jar
[ -f "$jar" ] || { echo "$jar is not there: mvn -B package -DskipTests" >&2; exit 1; }
work=$(mktemp -d)
asadmin=
node=
trap '[ -z "$asadmin" ] || "$asadmin" stop-domain --kill=true check >/dev/null 2>&1 || true
      [ -z "$node" ] || { kill "$node"; wait "$node" || true; } 2>/dev/null; rm -rf "$work"' EXIT

fail() { echo "FAILED: $1" >&2; tail -40 "$work/$name/log" >&2 || true; exit 1; }

# URL, what to find in the answer (status line, headers, body), further arguments of curl
expect() {
    local url=$1 text=$2; shift 2
    curl -s -i -k -m 20 "$@" "$url" | tr -d '\0' | grep -aq -- "$text" || fail "$url does not answer with $text"
    echo "  ok   $url: $text"
}

# Maven's coordinates, folder
fetch() {
    mvn -q -B dependency:copy -Dartifact="$1" -DoutputDirectory="$2" -f "$work/none.xml" >>"$work/$name/log"
}

# a node of its own, which the others join
start_node() {
    name=node
    mkdir -p "$work/node/media"
    cp -p "$(dirname "$war")/../media/sample.mp4" "$work/node/media"
    export REELCAST_CLUSTER_ENABLED=true REELCAST_CLUSTER_NAME=deploy-check
    export REELCAST_CLUSTER_MEMBERS=127.0.0.1:$((BASE + 300)),127.0.0.1:$((BASE + 301))
    (cd "$work/node" && exec env REELCAST_NODE_ID=jar REELCAST_CLUSTER_PORT=$((BASE + 300)) \
        REELCAST_HTTP_PORT=$((BASE + 302)) REELCAST_HTTPS_PORT=$((BASE + 303)) REELCAST_WS_PORT=$((BASE + 304)) \
        REELCAST_WSS_PORT=$((BASE + 305)) REELCAST_HLS_PORT=$((BASE + 306)) REELCAST_HLS_HTTPS_PORT=$((BASE + 307)) \
        REELCAST_MEDIA_PORT_FROM=$((BASE + 310)) REELCAST_MEDIA_PORT_TO=$((BASE + 320)) \
        java -Xmx400m -jar "$jar" >"$work/node/log" 2>&1) &
    node=$!
    for _ in $(seq 120); do
        curl -s -f -m 2 "http://127.0.0.1:$((BASE + 302))/health/ready" >/dev/null && return
        sleep 1
    done
    fail "the node does not start"
}

check() {
    name=$1
    local artifact=$2 http=$((BASE + 80)) https=$((BASE + 81))
    echo "$name: $artifact"
    mkdir -p "$work/$name/home/media"
    cp -p "$(dirname "$war")/../media/sample.mp4" "$work/$name/home/media"
    fetch "$artifact" "$work/$name"
    local deployment=$war
    if [ "$name" = glassfish ]; then
        fetch "$HAZELCAST" "$work/$name/WEB-INF/lib"
        deployment=$work/$name/reelcast.war
        cp "$war" "$deployment"
        (cd "$work/$name" && jar uf "$deployment" WEB-INF/lib)
    fi
    export REELCAST_NODE_ID=$name REELCAST_CLUSTER_PORT=$((BASE + 301))
    unzip -q "$work/$name"/*.zip -d "$work/$name"
    asadmin=$(echo "$work/$name"/*/bin/asadmin)
    export REELCAST_HOME=$work/$name/home
    export REELCAST_MEDIA_PORT_FROM=$((BASE + 200)) REELCAST_MEDIA_PORT_TO=$((BASE + 210))
    "$asadmin" create-domain --nopassword --portbase "$BASE" check >>"$work/$name/log" 2>&1 || fail "create-domain"
    "$asadmin" start-domain check >>"$work/$name/log" 2>&1 || fail "start-domain"
    local deployed=$SECONDS
    "$asadmin" --port $((BASE + 48)) deploy --contextroot / --name reelcast "$deployment" >>"$work/$name/log" 2>&1 \
        || { tail -60 "$work/$name"/*/*/domains/check/logs/server.log >&2; fail "deploy"; }
    echo "  ok   deployed in $((SECONDS - deployed)) s"
    expect "http://127.0.0.1:$http/health/ready" '"status":"UP"'
    expect "http://127.0.0.1:$http/" "<title>"
    expect "https://127.0.0.1:$https/" "<title>"
    expect "http://127.0.0.1:$http/rest-api/vod/find_all" '"status":404' -X POST -H 'Content-Type: application/json'
    expect "http://127.0.0.1:$http/rest-api/vod/startup" '"status":400' -H 'Content-Type: application/json' -d '{"uri":'
    expect "http://127.0.0.1:$http/rest-api/vod/startup" '200 ' -H 'Content-Type: application/json' \
        -d '{"uri":"vod-live://sample.mp4","localStreamName":"check","loop":true}'
    expect "http://127.0.0.1:$http/rest-api/stream/snapshot?streamName=check&width=160" "PNG"
    expect "http://127.0.0.1:$http/hls/check/check.m3u8" "#EXTINF"
    expect "http://127.0.0.1:$http/hls/vod/sample.mp4/index.m3u8" "#EXT-X-STREAM-INF"
    expect "http://127.0.0.1:$http/any/path" "101 " -N -m 3 -H 'Connection: Upgrade' -H 'Upgrade: websocket' \
        -H 'Sec-WebSocket-Version: 13' -H 'Sec-WebSocket-Key: cmVlbGNhc3QgY2hlY2suLg=='
    expect "http://127.0.0.1:$http/rest-api/cluster/find_all" '"node":"jar".*"node":"'"$name"'"'
    expect "http://127.0.0.1:$((BASE + 302))/rest-api/vod/find_all" '"nodes":\["'"$name"'"\]'
    "$asadmin" --port $((BASE + 48)) undeploy reelcast >>"$work/$name/log" 2>&1 || fail "undeploy"
    "$asadmin" stop-domain check >>"$work/$name/log" 2>&1 || fail "stop-domain"
    # what threads of the server still hold of an undeployed application is the server's own matter
    if grep -a "\[SEVERE\]" "$work/$name"/*/*/domains/check/logs/server.log \
            | grep -av "\[jakarta.enterprise.web.util\]\|\[org.glassfish.web.loader.ReferenceCleaner\]"; then
        grep -a -A 12 "\[SEVERE\]" "$work/$name"/*/*/domains/check/logs/server.log >&2
        fail "the server's log has errors"
    fi
    echo "  ok   undeployed, no errors in the server's log"
    asadmin=
}

# a project of its own, so that Maven needs nothing of ours
cat >"$work/none.xml" <<'END'
<project>
  <modelVersion>4.0.0</modelVersion><groupId>x</groupId><artifactId>x</artifactId><version>1</version>
</project>
END
start_node
for server in "${@:-payara glassfish}"; do
    for one in $server; do
        case $one in
            payara) check payara "$PAYARA" ;;
            glassfish) check glassfish "$GLASSFISH" ;;
            *) echo "no such server: $one" >&2; exit 1 ;;
        esac
    done
done
