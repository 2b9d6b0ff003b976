package org.tonekeep.decoder.ffmpeg.internal;

import org.junit.BeforeClass;
import org.tonekeep.audio.api.AudioDecoder;
import org.tonekeep.testing.contracts.AudioDecoderContract;

public final class FfmpegDecoderContractTest extends AudioDecoderContract {
  private static FfmpegDecoder decoder;

  @BeforeClass
  public static void unpack() {
    decoder = DecoderUnderTest.best();
  }

  @Override
  protected AudioDecoder decoder() {
    return decoder;
  }
}
