// Plays or publishes a stream by pion, which has no codecs: pion play WEBSOCKET NAME SECONDS, or pion publish WEBSOCKET
// NAME SECONDS FILM. Built of Debian's packages: GO111MODULE=off GOPATH=/usr/share/gocode go build
package main

import (
	"encoding/json"
	"fmt"
	"net"
	"os"
	"os/exec"
	"strconv"
	"sync/atomic"
	"time"

	"github.com/gorilla/websocket"
	"github.com/pion/interceptor"
	"github.com/pion/rtp"
	"github.com/pion/webrtc"
)

const h264 = "level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f"

var (
	pictures, sounds int64
	feedback         = []webrtc.RTCPFeedback{{Type: "nack"}, {Type: "nack", Parameter: "pli"}}
	video            = webrtc.RTPCodecCapability{MimeType: webrtc.MimeTypeH264, ClockRate: 90000, SDPFmtpLine: h264, RTCPFeedback: feedback}
	audio            = webrtc.RTPCodecCapability{MimeType: webrtc.MimeTypeOpus, ClockRate: 48000, Channels: 2}
)

type message struct {
	Message string        `json:"message"`
	Data    []interface{} `json:"data"`
}

func must(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// count takes pictures by their markers, and packets of sound.
func count(picture bool, marker bool) {
	if !picture {
		atomic.AddInt64(&sounds, 1)
	} else if marker {
		atomic.AddInt64(&pictures, 1)
	}
}

func connection() *webrtc.PeerConnection {
	engine := &webrtc.MediaEngine{}
	must(engine.RegisterCodec(webrtc.RTPCodecParameters{RTPCodecCapability: video, PayloadType: 102}, webrtc.RTPCodecTypeVideo))
	must(engine.RegisterCodec(webrtc.RTPCodecParameters{RTPCodecCapability: audio, PayloadType: 111}, webrtc.RTPCodecTypeAudio))
	registry := &interceptor.Registry{}
	must(webrtc.RegisterDefaultInterceptors(engine, registry))
	peer, err := webrtc.NewAPI(webrtc.WithMediaEngine(engine), webrtc.WithInterceptorRegistry(registry)).
		NewPeerConnection(webrtc.Configuration{})
	must(err)
	return peer
}

func receive(peer *webrtc.PeerConnection) {
	for _, kind := range []webrtc.RTPCodecType{webrtc.RTPCodecTypeAudio, webrtc.RTPCodecTypeVideo} {
		_, err := peer.AddTransceiverFromKind(kind, webrtc.RTPTransceiverInit{Direction: webrtc.RTPTransceiverDirectionRecvonly})
		must(err)
	}
	peer.OnTrack(func(track *webrtc.TrackRemote, _ *webrtc.RTPReceiver) {
		for {
			packet, _, err := track.ReadRTP()
			if err != nil {
				return
			}
			count(track.Kind() == webrtc.RTPCodecTypeVideo, packet.Marker)
		}
	})
}

// forward sends on what comes to a port, which it returns.
func forward(peer *webrtc.PeerConnection, codec webrtc.RTPCodecCapability, kind string) string {
	track, err := webrtc.NewTrackLocalStaticRTP(codec, kind, "film")
	must(err)
	sender, err := peer.AddTrack(track)
	must(err)
	go func() {
		for {
			if _, _, err := sender.ReadRTCP(); err != nil {
				return
			}
		}
	}()
	socket, err := net.ListenUDP("udp4", &net.UDPAddr{IP: net.IPv4(127, 0, 0, 1)})
	must(err)
	go func() {
		buffer := make([]byte, 2000)
		for {
			length, err := socket.Read(buffer)
			must(err)
			packet := &rtp.Packet{}
			if packet.Unmarshal(buffer[:length]) == nil {
				count(kind == "video", packet.Marker)
				must(track.WriteRTP(packet))
			}
		}
	}()
	return fmt.Sprintf("rtp://127.0.0.1:%d?pkt_size=1200", socket.LocalAddr().(*net.UDPAddr).Port)
}

// send prepares a film, over and over, as fast as it plays: H.264 as it is, sound as Opus.
func send(peer *webrtc.PeerConnection, film string) *exec.Cmd {
	heard, seen := forward(peer, audio, "audio"), forward(peer, video, "video")
	return exec.Command("ffmpeg", "-v", "error", "-nostdin", "-stream_loop", "-1", "-re", "-i", film,
		"-an", "-c:v", "copy", "-bsf:v", "h264_mp4toannexb", "-f", "rtp", "-payload_type", "102", seen,
		"-vn", "-c:a", "libopus", "-f", "rtp", "-payload_type", "111", heard)
}

func main() {
	published := os.Args[1] == "publish"
	url, name := os.Args[2], os.Args[3]
	seconds, err := strconv.ParseFloat(os.Args[4], 64)
	must(err)
	peer := connection()
	var film *exec.Cmd
	if published {
		film = send(peer, os.Args[5])
	} else {
		receive(peer)
	}
	connected := make(chan bool, 1)
	peer.OnConnectionStateChange(func(state webrtc.PeerConnectionState) {
		if state == webrtc.PeerConnectionStateConnected {
			connected <- true
		}
	})
	offer, err := peer.CreateOffer(nil)
	must(err)
	gathered := webrtc.GatheringCompletePromise(peer)
	must(peer.SetLocalDescription(offer))
	<-gathered

	socket, _, err := websocket.DefaultDialer.Dial(url, nil)
	must(err)
	stream := map[string]interface{}{"mediaSessionId": "pion-" + strconv.FormatInt(time.Now().UnixNano(), 36), "name": name,
		"published": published, "hasVideo": true, "hasAudio": true, "status": "PENDING", "record": published,
		"mediaProvider": "WebRTC", "sdp": peer.LocalDescription().SDP}
	begin, end := "playStream", "stopStream"
	if published {
		begin, end = "publishStream", "unPublishStream"
	}
	outgoing, answers, ends := make(chan message, 10), make(chan string, 1), make(chan map[string]interface{}, 1)
	go func() {
		for each := range outgoing {
			must(socket.WriteJSON(each))
		}
	}()
	go func() {
		for {
			var incoming message
			must(socket.ReadJSON(&incoming))
			switch incoming.Message {
			case "ping":
				outgoing <- message{"pong", []interface{}{nil}}
			case "getUserData":
				outgoing <- message{begin, []interface{}{stream}}
			case "setRemoteSDP":
				answers <- incoming.Data[1].(string)
			case "notifyStreamStatusEvent":
				event := incoming.Data[0].(map[string]interface{})
				if status := event["status"]; status == "STOPPED" || status == "UNPUBLISHED" || status == "FAILED" {
					ends <- event
				}
			}
		}
	}()
	outgoing <- message{"connection", []interface{}{map[string]interface{}{"appKey": "defaultApp",
		"mediaProviders": []string{"WebRTC"}, "clientVersion": "2.0"}}}

	var ended map[string]interface{}
	select {
	case ended = <-ends:
	case answer := <-answers:
		must(peer.SetRemoteDescription(webrtc.SessionDescription{Type: webrtc.SDPTypeAnswer, SDP: answer}))
		if published {
			<-connected
			must(film.Start())
		}
		select {
		case ended = <-ends:
		case <-time.After(time.Duration(seconds * float64(time.Second))):
			outgoing <- message{end, []interface{}{stream}}
			ended = <-ends
		}
	}
	if film != nil && film.Process != nil {
		film.Process.Kill()
	}
	line, err := json.Marshal(map[string]interface{}{"video": atomic.LoadInt64(&pictures), "audio": atomic.LoadInt64(&sounds),
		"status": ended["status"], "info": ended["info"], "record": ended["recordName"]})
	must(err)
	fmt.Println(string(line))
}
