package io.spotplane.pricing.planted.imports;

class ImportsAnotherService {
    Class<?> other() {
        return io.spotplane.provisioning.ProvisioningService.class;
    }
}
