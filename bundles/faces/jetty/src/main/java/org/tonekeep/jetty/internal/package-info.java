/**
 * Jetty's own answers; everything else of HTTP is in faces/rest. Nothing here may need a service.
 */
@NullMarked
package org.tonekeep.jetty.internal;

import org.jspecify.annotations.NullMarked;
