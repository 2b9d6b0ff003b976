/** Decoding of audio into PCM, outside the JVM's trust. */
@Export
@Version("1.0.0")
@NullMarked
package org.tonekeep.audio.api;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
