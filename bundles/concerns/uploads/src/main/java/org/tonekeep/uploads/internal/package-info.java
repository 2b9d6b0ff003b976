/**
 * Resumable uploads. The law: an offset that was told is never taken back, whatever happens, and an
 * upload becomes a track once.
 *
 * <p>{@link Uploads} begins, continues and ends uploads, {@link Finish} makes tracks of them,
 * {@link Turns} lets one request at a time touch one, {@link UploadSweeper} removes what nobody
 * finished. The bytes of each piece lie in the vault as a blob of kind {@code part} until the track
 * is made.
 */
@NullMarked
package org.tonekeep.uploads.internal;

import org.jspecify.annotations.NullMarked;
