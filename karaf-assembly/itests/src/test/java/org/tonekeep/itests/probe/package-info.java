/**
 * A bundle that a test puts into the booted distribution: it tells what the database has and runs
 * console commands. Law: it has no part in the product and imports nothing of it.
 */
package org.tonekeep.itests.probe;
