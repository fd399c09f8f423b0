/** The most steps that the page trains at once: what five thousand weigh, a page can hold. */
export const mostTrainedSteps = 5000;
