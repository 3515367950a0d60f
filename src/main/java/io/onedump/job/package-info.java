/**
 * What makes a route a job: the memory of a run, its result and exit code, the notification, running it once.
 * Everything here runs in the threads of the exchanges. Needs Camel's model and no component, so it loads without
 * Quartz or Slack.
 */
package io.onedump.job;
