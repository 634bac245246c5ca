package org.reelcast.process.mixer.picture;

import java.awt.image.BufferedImage;
import org.reelcast.live.images.Watermark;

/**
 * What is to be seen of an input now.
 *
 * @param key     the input itself, by which it is known again
 * @param shown   its picture; null when there is none
 * @param label   what is written on the picture; empty for nothing
 * @param name    what stands where there is no picture
 * @param avatar  the image that stands where there is no picture instead; null for none
 * @param desktop whether it is a shared screen
 * @param watermark lies on the picture; null for none
 */
public record Input(
        Object key,
        InputPicture shown,
        String label,
        String name,
        BufferedImage avatar,
        boolean desktop,
        Watermark watermark) {}
