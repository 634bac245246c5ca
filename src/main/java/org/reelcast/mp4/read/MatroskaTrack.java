package org.reelcast.mp4.read;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.reelcast.media.AspectRatio;
import org.reelcast.media.CleanAperture;
import org.reelcast.media.Colour;
import org.reelcast.media.Format;
import org.reelcast.media.MediaKind;
import org.reelcast.mp4.box.Window;
import org.reelcast.refusal.Refusal;

/** One {@code TrackEntry} of picture or sound (RFC 9559 section 5.1.4.1). */
final class MatroskaTrack implements TrackCandidate {
    private static final int TYPE_VIDEO = 1;
    private static final int TYPE_AUDIO = 2;
    private static final int DEFAULT_RATE = 8000;
    private static final int FULL_RANGE = 2;
    private static final int UNSPECIFIED = 2;

    private int type;
    private int number;
    private boolean enabled = true;
    private String language = "eng";
    private String tag = "";
    private String codecId = "";
    private byte[] config = {};
    private long frameNs;
    private long delayNs;
    private boolean isEncoded;
    private boolean isEncrypted;
    private int width;
    private int height;
    private int shownWidth;
    private int shownHeight;
    private final int[] crop = new int[4];
    private int matrix = UNSPECIFIED;
    private int transfer = UNSPECIFIED;
    private int primaries = UNSPECIFIED;
    private int range;
    private double rate = DEFAULT_RATE;
    private int channels = 1;
    private int bits;
    private SampleEntry entry;
    private Unplayable refusal;

    private MatroskaTrack() {}

    /**
     * @param decodes see {@link ReadOptions}
     * @return null when it is neither picture nor sound
     * @throws Refusal when it is so broken that it does not even say what it is
     */
    static MatroskaTrack read(Window window, EbmlElement trackEntry, boolean decodes) throws IOException {
        MatroskaTrack track = new MatroskaTrack();
        try {
            for (EbmlElement child : trackEntry.children(window)) {
                track.take(window, child);
            }
        } catch (Refusal e) {
            if (track.type == 0) {
                throw e;
            }
            track.refusal = Unplayable.broken(e);
        }
        if (track.type != TYPE_VIDEO && track.type != TYPE_AUDIO) {
            return null;
        }
        if (track.refusal == null) {
            track.describe(decodes);
        }
        return track;
    }

    private void take(Window window, EbmlElement child) throws IOException {
        switch (child.id()) {
            case MatroskaId.TRACK_NUMBER -> number = (int) child.unsigned(window);
            case MatroskaId.TRACK_TYPE -> type = (int) child.unsigned(window);
            case MatroskaId.FLAG_ENABLED, MatroskaId.FLAG_DEFAULT -> enabled &= child.unsigned(window) != 0;
            case MatroskaId.DEFAULT_DURATION -> frameNs = child.unsigned(window);
            case MatroskaId.LANGUAGE -> language = text(child.bytes(window));
            case MatroskaId.LANGUAGE_BCP47 -> tag = text(child.bytes(window));
            case MatroskaId.CODEC_ID -> codecId = text(child.bytes(window));
            case MatroskaId.CODEC_PRIVATE -> config = child.bytes(window);
            case MatroskaId.CODEC_DELAY -> delayNs = child.unsigned(window);
            case MatroskaId.CONTENT_ENCODINGS, MatroskaId.CONTENT_ENCODING -> {
                isEncoded = true;
                takeAll(window, child);
            }
            case MatroskaId.CONTENT_ENCRYPTION -> isEncrypted = true;
            case MatroskaId.VIDEO, MatroskaId.AUDIO, MatroskaId.COLOUR -> takeAll(window, child);
            case MatroskaId.PIXEL_WIDTH -> width = size(window, child);
            case MatroskaId.PIXEL_HEIGHT -> height = size(window, child);
            case MatroskaId.DISPLAY_WIDTH -> shownWidth = size(window, child);
            case MatroskaId.DISPLAY_HEIGHT -> shownHeight = size(window, child);
            case MatroskaId.CROP_LEFT -> crop[0] = size(window, child);
            case MatroskaId.CROP_TOP -> crop[1] = size(window, child);
            case MatroskaId.CROP_RIGHT -> crop[2] = size(window, child);
            case MatroskaId.CROP_BOTTOM -> crop[3] = size(window, child);
            case MatroskaId.MATRIX -> matrix = size(window, child);
            case MatroskaId.TRANSFER -> transfer = size(window, child);
            case MatroskaId.PRIMARIES -> primaries = size(window, child);
            case MatroskaId.RANGE -> range = size(window, child);
            case MatroskaId.SAMPLING_FREQUENCY -> rate = child.real(window);
            case MatroskaId.CHANNELS -> channels = size(window, child);
            case MatroskaId.BIT_DEPTH -> bits = size(window, child);
            default -> {
                // nothing that is needed
            }
        }
    }

    private void takeAll(Window window, EbmlElement parent) throws IOException {
        for (EbmlElement child : parent.children(window)) {
            take(window, child);
        }
    }

    private static int size(Window window, EbmlElement element) throws IOException {
        return (int) Math.min(Integer.MAX_VALUE, Math.max(0, element.unsigned(window)));
    }

    private static String text(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        int end = text.indexOf(0);
        return end < 0 ? text : text.substring(0, end);
    }

    private void describe(boolean decodes) {
        if (isEncrypted) {
            refusal = new Unplayable("encrypted (" + codecId + ")", true, false);
        } else if (isEncoded) {
            refusal = Unplayable.codec("packed once more in a way that is not read (" + codecId + ")");
        } else {
            try {
                Object described = isVideo()
                        ? MatroskaCodecs.video(codecId, config, pictures())
                        : MatroskaCodecs.audio(codecId, config, channels, (int) Math.round(rate), bits);
                if (described instanceof Unplayable why) {
                    refusal = why;
                } else {
                    entry = (SampleEntry) described;
                    refusal = decodes
                            ? null
                            : new Descriptions(List.of(entry), null)
                                    .withoutOthers()
                                    .refusal();
                }
            } catch (Refusal e) {
                refusal = Unplayable.broken(e);
            }
        }
    }

    private MatroskaCodecs.Pictures pictures() {
        int shownPixels = width - crop[0] - crop[2];
        int shownRows = height - crop[1] - crop[3];
        boolean isCropped = (shownPixels < width || shownRows < height) && shownPixels > 0 && shownRows > 0;
        int across = isCropped ? shownPixels : width;
        int down = isCropped ? shownRows : height;
        // of any unit: proportions are what counts (RFC 9559 section 5.1.4.1.28.14)
        boolean isStretched =
                shownWidth > 0 && shownHeight > 0 && (long) shownWidth * down != (long) shownHeight * across;
        boolean isColoured = matrix != UNSPECIFIED || transfer != UNSPECIFIED || primaries != UNSPECIFIED || range != 0;
        return new MatroskaCodecs.Pictures(
                width,
                height,
                isColoured
                        ? Optional.of(new Colour(primaries, transfer, matrix, range == FULL_RANGE))
                        : Optional.empty(),
                isStretched
                        ? Optional.of(AspectRatio.of((long) shownWidth * down, (long) shownHeight * across))
                        : Optional.empty(),
                isCropped
                        ? Optional.of(new CleanAperture(crop[0], crop[1], shownPixels, shownRows))
                        : Optional.empty());
    }

    @Override
    public int id() {
        return number;
    }

    @Override
    public MediaKind kind() {
        return type == TYPE_VIDEO ? MediaKind.VIDEO : MediaKind.AUDIO;
    }

    @Override
    public boolean isEnabled() {
        return enabled;
    }

    @Override
    public boolean isMeantBy(AudioChoice wanted) {
        return wanted.means(number, spoken());
    }

    @Override
    public Unplayable refusal() {
        return refusal;
    }

    /** How its samples are coded; null when it cannot be played. */
    SampleEntry entry() {
        return entry;
    }

    /** How long a frame lasts; 0 when it does not say. */
    long frameUs() {
        return frameNs / 1000;
    }

    /** What is decoded before the first sound that is to be heard. */
    long delayUs() {
        return delayNs / 1000;
    }

    /** By ISO 639-2. */
    String language() {
        return language.matches("[a-z]{3}") ? language : Format.UNDETERMINED;
    }

    private String spoken() {
        return AudioChoice.isOne(tag) && !tag.isEmpty() ? tag : language();
    }

    /** @param played whether it is what plays */
    TrackInfo info(boolean played) {
        return new TrackInfo(
                number,
                kind(),
                refusal == null ? Track.codec(List.of(entry)) : refusal.what(),
                spoken(),
                enabled,
                refusal == null,
                played);
    }
}
