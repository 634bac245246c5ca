package org.reelcast.process.transcoder;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.reelcast.media.Format;
import org.reelcast.media.H264Format;
import org.reelcast.refusal.Refusal;
import org.reelcast.refusal.StatusText;
import org.reelcast.stream.Ladder;
import org.reelcast.stream.Variant;

/** The ladder of streams by the profiles of this server, of which none is higher than the stream itself. */
final class AbrLadder implements Ladder {
    private static final int KILO = 1000;

    private final List<AbrProfiles.Profile> profiles;
    private final boolean disabled;

    /** @param disabled whether nothing is transcoded for those who play */
    AbrLadder(List<AbrProfiles.Profile> profiles, boolean disabled) {
        this.profiles = profiles;
        this.disabled = disabled;
    }

    @Override
    public List<Rung> rungs(String name, Optional<Format> shown, boolean sound) throws Refusal {
        if (disabled) {
            throw new Refusal(
                    StatusText.TRANSCODING_REQUIRED_BUT_DISABLED,
                    "'" + name + "' would have to be transcoded, and transcoding_disabled is true");
        }
        H264Format picture = shown.filter(H264Format.class::isInstance)
                .map(H264Format.class::cast)
                .orElseThrow(() -> new Refusal(StatusText.STREAM_HAS_NO_PICTURE, "'" + name + "' has no picture"));
        Optional<PictureFit> own =
                picture.width() == 0 ? Optional.empty() : PictureFit.of(RequestedEncoding.NONE, picture);
        List<Rung> rungs = new ArrayList<>();
        for (AbrProfiles.Profile profile : profiles) {
            if (own.isEmpty() || profile.height() <= own.get().height()) {
                rungs.add(rung(
                        new Variant(name, 0, profile.height(), profile.bitrate()), profile.label(), picture, sound));
            }
        }
        if (rungs.isEmpty()) {
            AbrProfiles.Profile least = profiles.get(0);
            rungs.add(rung(new Variant(name, 0, own.get().height(), least.bitrate()), least.label(), picture, sound));
        }
        return rungs;
    }

    private static Rung rung(Variant variant, String label, H264Format picture, boolean sound) {
        RequestedEncoding wish =
                new RequestedEncoding(0, variant.height(), 0, 0, variant.bitrate(), "", Optional.empty());
        Optional<PictureFit> fit = picture.width() == 0 ? Optional.empty() : PictureFit.of(wish, picture);
        return new Rung(
                label,
                variant,
                fit.map(PictureFit::width).orElse(0),
                fit.map(PictureFit::height).orElse(0),
                variant.bitrate() * KILO,
                sound);
    }
}
