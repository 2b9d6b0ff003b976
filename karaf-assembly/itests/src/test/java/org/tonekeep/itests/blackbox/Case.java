package org.tonekeep.itests.blackbox;

import java.util.concurrent.Callable;

/**
 * One attack.
 *
 * @param group what is attacked: after each group it is looked whether the victim has lost anything
 * @param name says what is tried, once in the whole suite
 * @param complaint what is wrong with the answer; empty when nothing is
 */
record Case(String group, String name, Callable<String> complaint) {}
