package org.reelcast.process.mixer;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.reelcast.live.images.Watermark;
import org.reelcast.refusal.Refusal;
import org.reelcast.refusal.StatusText;
import org.reelcast.rest.LongCall;
import org.reelcast.rest.RequestBody;
import org.reelcast.stream.Streams;

/** {@code /rest-api/mixer}: several streams are shown in one. */
@Path("mixer")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class MixerResource {
    private static final int MOST_LABEL = 128;
    private static final float PERCENT = 100;

    @Inject
    private MixerService service;

    /** For the container. */
    public MixerResource() {}

    /** {@code {"uri":"mixer://m1","localStreamName":"m1_stream","hasVideo":true,"mixerVideoWidth":640}}. */
    @POST
    @Path("startup")
    public CompletionStage<Response> startup(InputStream requestBody) throws Refusal {
        RequestBody body = RequestBody.read(requestBody);
        String uri = uri(body);
        String name = body.string("localStreamName")
                .filter(text -> !text.isBlank())
                .orElse(uri.substring(Mixers.SCHEME.length()));
        Streams.checkName(uri);
        Streams.checkName(name);
        if (Streams.isUri(name)) {
            throw new BadRequestException("\"localStreamName\" is a name, not '" + name + "'");
        }
        return called(
                name,
                () -> service.startup(uri, name, ParameterFields.with(service.defaults(), body, service.images())));
    }

    /** {@code {"uri":"mixer://m1","remoteStreamName":"s1","streamLabel":"John","avatar":"john.png"}}. */
    @POST
    @Path("add")
    public CompletionStage<Response> add(InputStream requestBody) throws Refusal {
        RequestBody body = RequestBody.read(requestBody);
        String uri = uri(body);
        String name = body.required("remoteStreamName");
        Streams.checkName(name);
        Optional<String> label = label(body);
        boolean video = body.bool("hasVideo").orElse(true);
        boolean audio = body.bool("hasAudio").orElse(true);
        if (!video && !audio) {
            throw new BadRequestException("A stream without picture and sound would not be in the mix");
        }
        Optional<String> avatar = body.string("avatar").filter(text -> !text.isEmpty());
        return called(name, () -> {
            service.mixers(uri).mixer(uri);
            Avatar image = avatar.isPresent() ? Avatar.read(avatar.get(), service.images()) : null;
            service.add(uri, name, new MixerInput.Wish(video, audio, label, image));
        });
    }

    /** {@code {"uri":"mixer://m1","remoteStreamName":"s1"}}. */
    @POST
    @Path("remove")
    public Response remove(InputStream requestBody) throws Refusal {
        RequestBody body = RequestBody.read(requestBody);
        String uri = uri(body);
        service.mixers(uri).remove(uri, body.required("remoteStreamName"));
        return Response.ok().build();
    }

    /** The mixers of all nodes; 404 when there are none. */
    @POST
    @Path("find_all")
    public CompletionStage<Response> findAll() {
        return service.findOnAll();
    }

    /** As WCS's browser SDK asks for it. */
    @GET
    @Path("find_all")
    public CompletionStage<Response> getAll() {
        return findAll();
    }

    /** {@code {"uri":"mixer://m1"}}, on whichever node it is. */
    @POST
    @Path("terminate")
    public CompletionStage<Response> terminate(InputStream requestBody) {
        String uri = uri(RequestBody.read(requestBody));
        return LongCall.done(service.tasks(), () -> service.terminate(uri));
    }

    /** {@code {"uri":"mixer://m1","streams":"^user.*","audioLevel":50,"videoMuted":true}}, or names in an array. */
    @POST
    @Path("setAudioVideo")
    public Response setAudioVideo(InputStream requestBody) throws Refusal {
        RequestBody body = RequestBody.read(requestBody);
        Mixer mixer = mixer(body);
        List<MixerInput> inputs = chosen(mixer, body);
        Optional<Boolean> muted = body.bool("videoMuted");
        boolean hasLevel = body.text("audioLevel").isPresent();
        int level = ParameterFields.number(body, "audioLevel", 0);
        MixerParameters.within("audioLevel", level, 0, (int) PERCENT);
        for (MixerInput input : inputs) {
            if (hasLevel) {
                input.gain(level / PERCENT);
            }
            muted.ifPresent(input::muteVideo);
        }
        service.onInputs(mixer);
        return Response.ok().build();
    }

    private static List<MixerInput> chosen(Mixer mixer, RequestBody body) throws Refusal {
        List<MixerInput> chosen = new ArrayList<>();
        if (body.isArray("streams")) {
            List<String> names = body.strings("streams").orElse(List.of());
            for (String name : names) {
                mixer.input(name).ifPresent(chosen::add);
            }
        } else {
            NamePattern pattern = NamePattern.of(body.required("streams"));
            for (MixerInput input : mixer.all()) {
                if (pattern.matches(input.name())) {
                    chosen.add(input);
                }
            }
        }
        if (chosen.isEmpty()) {
            throw new Refusal(
                    StatusText.STREAM_NOT_FOUND, "No stream in '" + mixer.uri() + "' is meant by \"streams\"");
        }
        return chosen;
    }

    /** {@code {"uri":"mixer://m1","mixerLayoutClass":"PictureInPictureLayout"}}: what can change under way. */
    @POST
    @Path("set_parameter")
    public CompletionStage<Response> setParameter(InputStream requestBody) throws Refusal {
        RequestBody body = RequestBody.read(requestBody);
        Mixer mixer = mixer(body);
        return called(mixer.stream().name(), () -> {
            mixer.parameters(ParameterFields.with(mixer.parameters(), body, service.images()));
            service.onInputs(mixer);
        });
    }

    /** {@code {"uri":"mixer://m1","watermark":"logo.png"}}: an image on all of the picture; without one, none. */
    @POST
    @Path("set_body_watermark")
    public CompletionStage<Response> setBodyWatermark(InputStream requestBody) throws Refusal {
        RequestBody body = RequestBody.read(requestBody);
        Mixer mixer = mixer(body);
        return called(mixer.stream().name(), () -> {
            mixer.parameters(mixer.parameters().marked(watermark(body)));
            service.onInputs(mixer);
        });
    }

    /** {@code {"uri":"mixer://m1","remoteStreamName":"s1","watermark":"logo.png"}}: the same on one stream's picture. */
    @POST
    @Path("set_stream_watermark")
    public CompletionStage<Response> setStreamWatermark(InputStream requestBody) throws Refusal {
        RequestBody body = RequestBody.read(requestBody);
        Mixer mixer = mixer(body);
        MixerInput input = input(mixer, body);
        return called(input.stream().name(), () -> {
            input.watermark(watermark(body));
            service.onInputs(mixer);
        });
    }

    private Watermark watermark(RequestBody body) throws Refusal {
        Optional<String> name = body.string("watermark").filter(text -> !text.isEmpty());
        return name.isPresent() ? service.images().watermark(name.get()) : null;
    }

    /** {@code {"uri":"mixer://m1","remoteStreamName":"s1","streamLabel":"John"}}; without a label as it was at first. */
    @POST
    @Path("set_stream_label")
    public Response setStreamLabel(InputStream requestBody) throws Refusal {
        RequestBody body = RequestBody.read(requestBody);
        Mixer mixer = mixer(body);
        input(mixer, body).label(label(body));
        service.onInputs(mixer);
        return Response.ok().build();
    }

    /** {@code {"uri":"mixer://m1","remoteStreamName":"s1","avatar":"john.png"}}. */
    @POST
    @Path("set_stream_avatar")
    public CompletionStage<Response> setStreamAvatar(InputStream requestBody) throws Refusal {
        RequestBody body = RequestBody.read(requestBody);
        Mixer mixer = mixer(body);
        MixerInput input = input(mixer, body);
        String avatar = body.required("avatar");
        return called(input.stream().name(), () -> {
            input.avatar(Avatar.read(avatar, service.images()));
            service.onInputs(mixer);
        });
    }

    /** {@code {"uri":"mixer://m1","remoteStreamName":"s1"}}. */
    @POST
    @Path("remove_stream_avatar")
    public Response removeStreamAvatar(InputStream requestBody) throws Refusal {
        RequestBody body = RequestBody.read(requestBody);
        Mixer mixer = mixer(body);
        input(mixer, body).avatar(null);
        service.onInputs(mixer);
        return Response.ok().build();
    }

    private Mixer mixer(RequestBody body) throws Refusal {
        String uri = uri(body);
        return service.mixers(uri).mixer(uri);
    }

    private static MixerInput input(Mixer mixer, RequestBody body) throws Refusal {
        String name = body.required("remoteStreamName");
        return mixer.input(name).orElseThrow(() -> Mixers.notIn(mixer.uri(), name));
    }

    private static Optional<String> label(RequestBody body) {
        Optional<String> label = body.string("streamLabel");
        label.ifPresent(text -> {
            if (text.codePointCount(0, text.length()) > MOST_LABEL
                    || text.chars().anyMatch(Character::isISOControl)) {
                throw new BadRequestException(
                        "A label has " + MOST_LABEL + " characters at most, and no control characters");
            }
        });
        return label;
    }

    private static String uri(RequestBody body) {
        String uri = body.required("uri");
        if (!uri.startsWith(Mixers.SCHEME) || uri.length() == Mixers.SCHEME.length()) {
            throw new BadRequestException("\"uri\" is mixer:// and a name, not '" + uri + "'");
        }
        return uri;
    }

    /** On threads for what concerns that stream. */
    private CompletionStage<Response> called(String nameOrUri, LongCall.Task task) {
        return LongCall.done(service.opener(nameOrUri), task);
    }
}
