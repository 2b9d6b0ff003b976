/** The operator's commands for tenants and features. They call a service and print. */
@NullMarked
package org.tonekeep.tenant.internal.console;

import org.jspecify.annotations.NullMarked;
