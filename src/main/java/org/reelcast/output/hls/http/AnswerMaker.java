package org.reelcast.output.hls.http;

import java.io.IOException;

/** Makes an answer when its time has come. */
public interface AnswerMaker {

    HlsAnswer make() throws IOException;
}
