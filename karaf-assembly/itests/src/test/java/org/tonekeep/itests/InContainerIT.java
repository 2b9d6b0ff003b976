package org.tonekeep.itests;

import org.junit.runner.RunWith;
import org.junit.runners.Suite;
import org.junit.runners.Suite.SuiteClasses;

/** One container for all of them: booting is the dear part. The log is read last. */
@RunWith(Suite.class)
@SuiteClasses({
  TransactionCases.class,
  SitesCases.class,
  StrangersCases.class,
  ConsoleCases.class,
  GrantCases.class,
  ExampleCases.class,
  AbsenceCases.class,
  ComingAndGoingCases.class,
  LogCases.class
})
public class InContainerIT {}
