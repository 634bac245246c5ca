package org.reelcast.process.mixer;

import java.util.Optional;
import org.reelcast.process.mixer.layout.DesktopLayout;
import org.reelcast.process.mixer.layout.Layout;
import org.reelcast.process.mixer.layout.NamedLayout;
import org.reelcast.refusal.Refusal;
import org.reelcast.refusal.StatusText;

/**
 * Which layout a mixer has.
 *
 * @param named empty for one large and the others in a strip, whoever is there
 * @param align where the large one is
 */
record LayoutChoice(Optional<NamedLayout> named, DesktopLayout.Align align) {
    private static final String DESKTOP = "DesktopLayout";

    /** @param className of WCS's layouts, or ours @throws Refusal when it is none of them */
    static LayoutChoice of(String className, DesktopLayout.Align align) throws Refusal {
        if (className.substring(className.lastIndexOf('.') + 1).equals(DESKTOP)) {
            return new LayoutChoice(Optional.empty(), align);
        }
        return new LayoutChoice(
                Optional.of(NamedLayout.named(className)
                        .orElseThrow(() -> new Refusal(
                                StatusText.WRONG_MIXER_PARAMETERS,
                                "There is no layout '" + className + "', but " + NamedLayout.names() + ", "
                                        + DESKTOP))),
                align);
    }

    String className() {
        return named.map(NamedLayout::className).orElse(DESKTOP);
    }

    /** As WCS, a grid gives way to a shared screen. @param desktop whether there is one */
    Layout layout(boolean desktop) {
        return named.isEmpty() || desktop && named.get() != NamedLayout.PICTURE_IN_PICTURE
                ? new DesktopLayout(align)
                : named.get();
    }
}
