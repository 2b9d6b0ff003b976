package org.tonekeep.decoder.ffmpeg.internal;

/** The decoders that ffmpeg may use: those of the formats that the platform takes. */
final class Codecs {
  static final String WHITELIST =
      String.join(
          ",",
          "mp3float,mp3,mp2float,mp2,mp1float,mp1",
          "flac,vorbis,opus,aac,aac_latm,alac",
          "pcm_u8,pcm_s8,pcm_s16le,pcm_s16be,pcm_s24le,pcm_s24be,pcm_s32le,pcm_s32be",
          "pcm_f32le,pcm_f32be,pcm_f64le,pcm_f64be,pcm_alaw,pcm_mulaw",
          "adpcm_ms,adpcm_ima_wav,adpcm_ima_qt");

  private Codecs() {}
}
