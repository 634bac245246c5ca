package org.reelcast.refusal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class RefusalTest {

    @Test
    void clients_areToldWhatIsWrongWithWhatTheyAskedFor() {
        assertEquals(Optional.of("'x' names no file"), new Refusal(StatusText.BAD_URI, "'x' names no file").reason());
        Refusal film = Refusal.told(StatusText.FILE_HAS_WRONG_FORMAT, "Video track 1 is HEVC")
                .about("/srv/films/a.mp4");
        assertEquals(Optional.of("Video track 1 is HEVC"), film.reason(), "and no path of the machine");
        assertEquals("/srv/films/a.mp4: Video track 1 is HEVC", film.getMessage());
    }

    @Test
    void whatMayNameFilesOfTheMachine_staysInTheLog() {
        Refusal missing = new Refusal(StatusText.FILE_NOT_FOUND, "File name 'a' is not in /srv/films");
        assertEquals(Optional.empty(), missing.reason());
        assertEquals(Optional.empty(), missing.about("vod://a").reason());
    }
}
