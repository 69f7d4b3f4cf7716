package io.spotplane.provisioning.instance;

/** Serves nobody any more. What {@link Remains remains} at the provider may still have to be cleared away. */
public sealed interface Closed extends InstanceState permits Terminated, Failed, Lost {

    /** What may still be at the provider. */
    Remains remains();

    /** The same end with other remains. */
    Closed with(Remains remains);
}
