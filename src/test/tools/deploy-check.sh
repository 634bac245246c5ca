#!/usr/bin/env bash
# Deploys target/reelcast.war to a full Payara Server 6 and to GlassFish 7 and looks whether it works there:
# health, the player page, a WebSocket, a REST answer, then undeploys. docs/install.md has the result.
#
#   mvn -B package -DskipTests && src/test/tools/deploy-check.sh [payara] [glassfish]
#
# Fetches the servers by Maven (170 and 120 MB, once), runs them in a temporary folder on ports of their own.
set -eu

PAYARA=fish.payara.distributions:payara:${PAYARA_VERSION:-6.2025.10}:zip
GLASSFISH=org.glassfish.main.distributions:glassfish:${GLASSFISH_VERSION:-7.0.20}:zip
BASE=${BASE:-27000}    # first of the servers' ports

war=$(cd "$(dirname "$0")/../../.." && pwd)/target/reelcast.war
[ -f "$war" ] || { echo "$war is not there: mvn -B package -DskipTests" >&2; exit 1; }
work=$(mktemp -d)
asadmin=
trap '[ -z "$asadmin" ] || "$asadmin" stop-domain --kill=true check >/dev/null 2>&1 || true; rm -rf "$work"' EXIT

fail() { echo "FAILED: $1" >&2; tail -40 "$work/$name/log" >&2 || true; exit 1; }

# URL, what to find in the answer (status line, headers, body), further arguments of curl
expect() {
    local url=$1 text=$2; shift 2
    curl -s -i -k -m 20 "$@" "$url" | tr -d '\0' | grep -aq -- "$text" || fail "$url does not answer with $text"
    echo "  ok   $url: $text"
}

check() {
    name=$1
    local artifact=$2 http=$((BASE + 80)) https=$((BASE + 81))
    echo "$name: $artifact"
    mkdir -p "$work/$name/home"
    mvn -q -B dependency:copy -Dartifact="$artifact" -DoutputDirectory="$work/$name" -f "$work/none.xml" \
        >"$work/$name/log"
    unzip -q "$work/$name"/*.zip -d "$work/$name"
    asadmin=$(echo "$work/$name"/*/bin/asadmin)
    export REELCAST_HOME=$work/$name/home
    export REELCAST_MEDIA_PORT_FROM=$((BASE + 200)) REELCAST_MEDIA_PORT_TO=$((BASE + 210))
    "$asadmin" create-domain --nopassword --portbase "$BASE" check >>"$work/$name/log" 2>&1 || fail "create-domain"
    "$asadmin" start-domain check >>"$work/$name/log" 2>&1 || fail "start-domain"
    local deployed=$SECONDS
    "$asadmin" --port $((BASE + 48)) deploy --contextroot / --name reelcast "$war" >>"$work/$name/log" 2>&1 \
        || { tail -60 "$work/$name"/*/*/domains/check/logs/server.log >&2; fail "deploy"; }
    echo "  ok   deployed in $((SECONDS - deployed)) s"
    expect "http://127.0.0.1:$http/health/ready" '"status":"UP"'
    expect "http://127.0.0.1:$http/" "<title>"
    expect "https://127.0.0.1:$https/" "<title>"
    expect "http://127.0.0.1:$http/rest-api/vod/find_all" '"status":404' -X POST -H 'Content-Type: application/json'
    expect "http://127.0.0.1:$http/any/path" "101 " -N -m 3 -H 'Connection: Upgrade' -H 'Upgrade: websocket' \
        -H 'Sec-WebSocket-Version: 13' -H 'Sec-WebSocket-Key: cmVlbGNhc3QgY2hlY2suLg=='
    "$asadmin" --port $((BASE + 48)) undeploy reelcast >>"$work/$name/log" 2>&1 || fail "undeploy"
    "$asadmin" stop-domain check >>"$work/$name/log" 2>&1 || fail "stop-domain"
    # what threads of the server still hold of an undeployed application is the server's own matter
    if grep -a "\[SEVERE\]" "$work/$name"/*/*/domains/check/logs/server.log \
            | grep -av "\[jakarta.enterprise.web.util\]\|\[org.glassfish.web.loader.ReferenceCleaner\]"; then
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
for server in "${@:-payara glassfish}"; do
    for one in $server; do
        case $one in
            payara) check payara "$PAYARA" ;;
            glassfish) check glassfish "$GLASSFISH" ;;
            *) echo "no such server: $one" >&2; exit 1 ;;
        esac
    done
done
