/** What the payload of a queued task lies under. A function without tasks knows it too, and nothing more of the queue. */
export const queuedTaskKey = 'background-tasks:queued-task';
