/* process: what every child that becomes another program does first. */
#ifndef SHIENKIN_BASE_PROCESS_H
#define SHIENKIN_BASE_PROCESS_H

/* All signals as a fresh program expects them: default, none blocked. Between fork() and exec(). */
void process_default_signals(void);

#endif
