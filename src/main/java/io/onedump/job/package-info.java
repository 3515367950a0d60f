/**
 * What makes a route a job: its runs, their steps and results, what is told of them, and the exit code that follows.
 *
 * <p>Threads: those of the route; a run may be written by several branches at once.
 *
 * <p>Camel: yes: jobs are routes. It needs neither Quartz nor Slack.
 *
 * <p>Uses: {@code artifact}.
 *
 * <p>Enters: what an application without our command needs too. What prints, schedules or ends a process is for {@code
 * app}.
 */
package io.onedump.job;
