/**
 * Decodes audio in a process of its own that nobody has to trust. {@link
 * org.tonekeep.decoder.ffmpeg.internal.ToolFolder} unpacks the pinned programs, {@link
 * org.tonekeep.decoder.ffmpeg.internal.Jail} makes them a root of their own, {@link
 * org.tonekeep.decoder.ffmpeg.internal.Sandbox} finds by trying how tightly this machine can lock
 * them in, and {@link org.tonekeep.decoder.ffmpeg.internal.FfmpegDecoder} runs one of them per
 * call.
 *
 * <p>Law: what reads foreign bytes sees no network, no file but its own programs, and no
 * environment; bytes go in as descriptor 0 and come out as descriptor 1.
 */
@NullMarked
package org.tonekeep.decoder.ffmpeg.internal;

import org.jspecify.annotations.NullMarked;
