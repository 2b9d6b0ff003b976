/**
 * Tenants, their settings, the features that are on for them, and the gate that everybody asks.
 * Nothing here accepts or yields null.
 */
@Export
@Version("1.0.0")
@NullMarked
package org.tonekeep.tenant.api;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
