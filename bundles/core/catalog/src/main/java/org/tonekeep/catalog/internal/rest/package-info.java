/**
 * Tracks over HTTP. The law: bodies stream into the vault and never touch a disk of ours; another's
 * track is as absent as none.
 */
@NullMarked
package org.tonekeep.catalog.internal.rest;

import org.jspecify.annotations.NullMarked;
