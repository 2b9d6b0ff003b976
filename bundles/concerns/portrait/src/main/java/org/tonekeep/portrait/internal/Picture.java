package org.tonekeep.portrait.internal;

/**
 * A finished picture.
 *
 * @param bytes of a JPEG or PNG file without metadata
 * @param mediaType {@code image/jpeg} or {@code image/png}
 * @param width in pixels, at most 1,024
 * @param height in pixels, at most 1,024
 */
@SuppressWarnings("ArrayRecordComponent") // made once, handed on once
record Picture(byte[] bytes, String mediaType, int width, int height) {}
