package org.tonekeep.testing.rules.planted.alpha.internal.console;

import org.apache.karaf.shell.api.action.Action;

/** As it should be. */
public interface GoodCommand extends Action {}
