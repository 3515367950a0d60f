package io.onedump.scale;

import java.util.List;

/** How a cost grows with a size: 1 is as fast as it, 2 as fast as its square. */
final class Exponent {

    private Exponent() {
    }

    /** The slope of the logarithm of the cost over that of the size, by least squares; 0 of what costs nothing. */
    static double of(List<Integer> sizes, List<Long> costs) {
        double x = sizes.stream().mapToDouble(Math::log).average().orElseThrow();
        double y = costs.stream().mapToDouble(cost -> Math.log(Math.max(1, cost))).average().orElseThrow();
        double covariance = 0;
        double variance = 0;
        for (int i = 0; i < sizes.size(); i++) {
            double distance = Math.log(sizes.get(i)) - x;
            covariance += distance * (Math.log(Math.max(1, costs.get(i))) - y);
            variance += distance * distance;
        }
        return covariance / variance;
    }
}
