/**
 * The profile image. {@code Portraits} keeps it; {@code Workshop} makes a small new picture of what
 * somebody uploads, so that nothing of the original's bytes is ever stored; {@code JpegSource} and
 * {@code PngSource} look at those bytes before any decoder does.
 */
@NullMarked
package org.tonekeep.portrait.internal;

import org.jspecify.annotations.NullMarked;
