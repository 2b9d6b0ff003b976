/**
 * The tracks. {@link TrackShelf} decides what happens to a track and {@link CatalogService} shows
 * it to other bundles; {@code rest} translates, {@code jpa} stores. The law: a track's row, its
 * blob's record and its jobs come and go in one transaction, and only its owner sees it.
 */
@NullMarked
package org.tonekeep.catalog.internal;

import org.jspecify.annotations.NullMarked;
