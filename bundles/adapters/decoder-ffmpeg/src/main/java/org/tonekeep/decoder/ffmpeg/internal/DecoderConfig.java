package org.tonekeep.decoder.ffmpeg.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Configuration PID {@code org.tonekeep.decoder.ffmpeg}: for the operator of the machine. */
@ObjectClassDefinition(
    name = "ffmpeg decoder",
    description = "Where the programs lie and what one decoder process may use")
public @interface DecoderConfig {
  @AttributeDefinition(
      description = "Folder for the unpacked programs; empty: tools/ in the data folder")
  String tools() default "";

  @AttributeDefinition(
      description =
          "Folder, on an encrypted disk, for input that must be seekable and does not fit into"
              + " memory; empty: none, such a file fails")
  String spool() default "";

  @AttributeDefinition(
      description = "Confinement to try, tightest first, comma-separated: bwrap, unshare, prlimit")
  String ladder() default "bwrap,unshare,prlimit";

  @AttributeDefinition(description = "Longest audio, in hours")
  int maxHours() default 12;

  @AttributeDefinition(description = "Most decoded audio, in GiB of 32-bit samples")
  int maxDecodedGiB() default 64;

  @AttributeDefinition(description = "Virtual memory of a decoder process, in MiB")
  int memoryMiB() default 1024;

  @AttributeDefinition(description = "Processor time of a decoder process, in seconds")
  int cpuSeconds() default 1800;
}
