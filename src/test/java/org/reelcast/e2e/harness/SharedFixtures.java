package org.reelcast.e2e.harness;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Keeps what the test classes of one run share; JUnit closes it at the end of the run. */
final class SharedFixtures implements ParameterResolver {
    private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(SharedFixtures.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
        Class<?> type = parameter.getParameter().getType();
        return type == ReelcastProcess.class || type == Chromium.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext test) {
        Class<?> type = parameter.getParameter().getType();
        // of the session: where several JVMs run tests, each class is a run of its own
        return test.getStore(ExtensionContext.StoreScope.LAUNCHER_SESSION, NAMESPACE)
                .getOrComputeIfAbsent(type, key -> key == Chromium.class ? new Chromium() : startServer());
    }

    /** Where many play it is the packets that take time: encryption by the quick compiler takes many times longer. */
    static ReelcastProcess.Builder soonBesideOthers(ReelcastProcess.Builder builder) {
        return Tools.isBesideOthers() ? builder.upSoon() : builder;
    }

    private static ReelcastProcess startServer() {
        ReelcastProcess.Builder builder = ReelcastProcess.builder("reelcast")
                .set("client2_dir", WebSdk.folder())
                .set("vod_stream_timeout", 1500);
        ReelcastProcess server = soonBesideOthers(builder).start();
        TestMedia.put(TestMedia.flashAndBeep(), server, "flash.mp4");
        TestMedia.put(TestMedia.brief(), server, "brief.mp4");
        TestMedia.put(TestMedia.brief(), server, "with space.mp4");
        TestMedia.put(TestMedia.brief(), server, "folder/deeper/brief.mp4");
        TestMedia.put(TestMedia.lengthy(), server, "lengthy.mp4");
        TestMedia.put(TestMedia.indexLast(), server, "index-last.mp4");
        TestMedia.put(TestMedia.audioOnly(), server, "audio-only.mp4");
        TestMedia.put(TestMedia.videoOnly(), server, "video-only.mp4");
        TestMedia.put(TestMedia.foreignVideo(), server, "foreign-video.mp4");
        TestMedia.put(TestMedia.truncatedBeforeIndex(), server, "truncated-before-index.mp4");
        TestMedia.put(TestMedia.truncatedData(), server, "truncated-data.mp4");
        TestMedia.put(TestMedia.text(), server, "text.mp4");
        TestMedia.put(TestMedia.empty(), server, "empty.mp4");
        TestMedia.put(TestMedia.brief(), server, "../outside.mp4");
        TestMedia.link(server, "link-to-outside.mp4", server.home().resolve("outside.mp4"));
        return server;
    }
}
